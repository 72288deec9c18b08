import {
  ActionFailure,
  any,
  boolean,
  defineAction,
  either,
  integer,
  listOf,
  object,
  oneOf,
  optional,
  type Plain,
  string,
} from '../../kit/index.ts';
import { encodeJson } from '../../support/json.ts';
import { library } from '../../support/library.ts';
import { algorithms, openKeys } from './keys.ts';

const jose = library<typeof import('jose')>('jose');

const settled = ['alg', 'b64', 'crit'];

export default defineAction({
  id: 'data/jwt/sign',
  title: 'Sign JWT',
  summary: 'Makes a JSON Web Token that others can verify.',
  keywords: ['bearer', 'jose'],
  documentation: `
The key settles what can sign: a secret HS256 (as default), 384 and 512; an RSA key of at least 2048 bits RS256, PS256 and so
on; an EC key the ES algorithm of its curve; an Ed25519 key EdDSA (RFC 7518, RFC 8037). A JWK brings its \`alg\` and \`kid\`.
PEM may be PKCS#8, PKCS#1 or SEC1, without a password. A secret must be at least as long as the hash (RFC 7518, 3.2), 32 bytes for
HS256, 48 and 64 for the others, and should be random: a short one is found by trying. A JWK whose \`use\` or \`key_ops\` say that
it is not for signatures is refused.

The claims are \`data\`; \`iat\` is the time of the run, and fields such as \`issuer\` take the place of claims of that name.
Give every token an end with \`expires-in\`. The claims can be read by anybody who sees the token. The times come from the run's
clock, so that a replay makes the same token, except with PS and ES, whose signatures hold something random.`,
  fields: {
    data: object({ label: 'Claims', help: 'What the token says.' }),
    key: any({ label: 'Key', help: 'A secret (text or binary), a private key as PEM text, or a JWK.' }),
    algorithm: optional(oneOf(algorithms, { label: 'Algorithm', help: 'Left out, the usual one for the key.' })),
    'expires-in': optional(integer({ label: 'Expires in', help: 'Seconds from now.', minimum: 1, maximum: 10 ** 10 })),
    issuer: optional(string({ label: 'Issuer' })),
    subject: optional(string({ label: 'Subject' })),
    audience: optional(
      either(string(), listOf(string()), { label: 'Audience', help: 'For whom it is: a text or several.' }),
    ),
    'issued-at': optional(boolean({ label: 'Issued at', help: 'Whether the token says when it was made.' }), true),
    header: optional(object({ label: 'Header', help: 'More members of the header, such as kid.' }), {}),
  },
  output: { type: 'string' },
  failures: { 'key-invalid': 'The key is none, or is not fit for the algorithm.' },
  examples: [
    {
      given: {
        data: { sub: '1234567890', name: 'Ada Lovelace', iat: 1516239022 },
        key: 'a-secret-of-at-least-32-random-bytes',
        'issued-at': false,
      },
      gives:
        'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkFkYSBMb3ZlbGFjZSIsImlhdCI6MTUxNjIzOTAyMn0.yczUlqfsc7auSEh9EDJcgKiaPSXIgLP6fb6IIfEllFU',
    },
    {
      given: {
        data: {},
        key: {
          kty: 'OKP',
          crv: 'Ed25519',
          kid: 'a',
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
        },
        issuer: 'https://issuer.example',
        audience: ['web', 'app'],
        'issued-at': false,
      },
      gives:
        'eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiYXVkIjpbIndlYiIsImFwcCJdfQ.ohYd2yWBngAnn64a6Tf0PVRSmcVRtQPhnrXUa-irFBsSB_UgNaufhgBm_f7_qI48tK2bYHw-h-z42-X_M5i5BA',
      note: 'The key is the one of RFC 8037, appendix A.',
    },
    {
      given: { data: {}, key: 'a-secret-of-at-least-32-random-bytes', algorithm: 'RS256' },
      fails: 'key-invalid',
      note: 'A secret is no RSA key.',
    },
    { given: { data: {}, key: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' }, fails: 'key-invalid' },
    { given: { data: {}, key: 'too short a secret' }, fails: 'key-invalid', note: 'HS256 needs 32 bytes.' },
    {
      given: { data: {}, key: 'a-secret-of-at-least-32-random-bytes', header: { alg: 'none' } },
      fails: 'input-invalid',
    },
  ],
  run: (input, { host }) => {
    const { data, key: given, header = {} } = input;
    for (const name of settled) {
      if (!Object.hasOwn(header, name)) continue;
      throw new ActionFailure(
        'input-invalid',
        `\`header\` must not hold ${name}; choose with \`algorithm\` what signs`,
      );
    }
    const [key, ...others] = openKeys(given, 'sign');
    if (key === undefined || others.length > 0) {
      throw new ActionFailure('key-invalid', '`key` must be one key to sign with, found a set; choose one of its keys');
    }
    const algorithm = input.algorithm ?? key.algorithms[0];
    if (algorithm === undefined || !key.algorithms.includes(algorithm)) {
      throw new ActionFailure(
        'key-invalid',
        `\`key\` cannot sign with ${algorithm ?? 'the `alg` it names'}; it is fit for ${key.algorithms.join(', ') || 'nothing'}`,
      );
    }
    const now = Math.floor(host.now() / 1000);
    const claims: Plain = {
      ...data,
      ...(input['issued-at'] !== false && { iat: now }),
      ...(input['expires-in'] !== undefined && { exp: now + input['expires-in'] }),
      ...(input.issuer !== undefined && { iss: input.issuer }),
      ...(input.subject !== undefined && { sub: input.subject }),
      ...(input.audience !== undefined && { aud: input.audience }),
    };
    const payload = Buffer.from(encodeJson(claims, '`data`'));
    const extras = JSON.parse(encodeJson(header, '`header`')) as Plain;
    const protectedHeader = { alg: algorithm, typ: 'JWT', ...(key.kid !== undefined && { kid: key.kid }), ...extras };
    return new (jose().CompactSign)(payload).setProtectedHeader(protectedHeader).sign(key.key);
  },
});
