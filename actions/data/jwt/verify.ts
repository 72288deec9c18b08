import { ActionFailure, any, defineAction, either, integer, listOf, oneOf, optional, string } from '../../kit/index.ts';
import { check } from './check.ts';
import { findKeys } from './key-set.ts';
import { algorithms, type Key, openKeys } from './keys.ts';
import { hasProperSignature, invalid, partField, partOf, readToken } from './token.ts';

const seconds = { minimum: 0, maximum: 10 ** 9 };
const texts = (label: string, help: string) => optional(either(string(), listOf(string()), { label, help }));

export default defineAction({
  id: 'data/jwt/verify',
  title: 'Verify JWT',
  summary:
    'Makes sure that a JSON Web Token is signed by somebody you trust, in time and meant for you, and gives its claims.',
  keywords: ['authenticate', 'bearer', 'jose'],
  documentation: `
The key settles which algorithms count, never the token: a secret HS256, 384 and 512, an RSA key the RS and PS ones, an EC key
that of its curve, Ed25519 EdDSA; \`algorithms\` and a JWK's \`alg\` narrow it further. A secret counts for those whose hash is
no longer than itself (RFC 7518, 3.2): one below 32 bytes is refused. So is a JWK that is not for signatures, by its \`use\` or
\`key_ops\`. So neither a token without a signature
(\`alg\` none) nor one that uses a public key as a secret passes. PEM may be a public key, a certificate (whose own dates and
issuer are not looked at) or a private key. Of a JWK Set the key with the token's \`kid\` counts, or each that fits when the
token names none.

\`jwks-url\` fetches the set of an issuer, for all runs of this worker process at once, and keeps it for \`cache\`. A token with an
unknown \`kid\` has it fetched anew, at most every 30 seconds. A failure to fetch it is kept for 30 seconds too, and fails the
same way whatever needs the set meanwhile. Redirects are not followed: give the address where the set is, with https.

\`exp\` and \`nbf\` are checked where the token has them, against the time of the run, and \`iat\` with \`max-age\`, which then
must be there. Give \`issuer\` and \`audience\` whenever a key signs for more than one receiver: of several texts one has to
match.`,
  fields: {
    jwt: string({ label: 'JWT', help: 'Without "Bearer".' }),
    key: optional(any({ label: 'Key', help: 'A secret (text or binary), PEM text, a JWK or a JWK Set.' })),
    'jwks-url': optional(
      string({ label: 'JWK Set URL', help: 'Where the issuer publishes its keys; instead of a key.' }),
    ),
    algorithms: optional(
      listOf(oneOf(algorithms), { label: 'Algorithms', help: 'Left out, all that the key is fit for.' }),
    ),
    issuer: texts('Issuer', 'Who must have made it.'),
    audience: texts('Audience', 'For whom it must be.'),
    subject: optional(string({ label: 'Subject', help: 'Whom it must be about.' })),
    'max-age': optional(integer({ label: 'Oldest', help: 'Seconds since it was issued.', ...seconds })),
    tolerance: optional(integer({ label: 'Tolerance', help: 'Seconds by which clocks may differ.', ...seconds }), 0),
    cache: optional(integer({ label: 'Cache', help: 'Seconds to keep a fetched JWK Set.', ...seconds }), 600),
    timeout: optional(
      integer({ label: 'Timeout', help: 'Milliseconds to wait for a JWK Set.', minimum: 1, maximum: 60_000 }),
      5000,
    ),
    part: partField,
  },
  output: { type: 'object' },
  failures: {
    'token-invalid': 'The token is none, not signed by the key, not yet valid, or not for this receiver.',
    'token-expired': 'The token was valid, and is over or too old.',
    'key-invalid': 'The key is none, or is not fit for any allowed algorithm.',
    'response-invalid': 'The address gave no JWK Set.',
    'request-failed': 'The address gave no answer.',
    'request-forbidden': 'The address must not be asked.',
    timeout: 'The answer did not come in time.',
  },
  examples: [
    {
      given: {
        jwt: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkFkYSBMb3ZlbGFjZSIsImlhdCI6MTUxNjIzOTAyMn0.yczUlqfsc7auSEh9EDJcgKiaPSXIgLP6fb6IIfEllFU',
        key: 'a-secret-of-at-least-32-random-bytes',
      },
      gives: { sub: '1234567890', name: 'Ada Lovelace', iat: 1516239022 },
    },
    {
      given: {
        jwt: 'eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiYXVkIjpbIndlYiIsImFwcCJdfQ.ohYd2yWBngAnn64a6Tf0PVRSmcVRtQPhnrXUa-irFBsSB_UgNaufhgBm_f7_qI48tK2bYHw-h-z42-X_M5i5BA',
        key: { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'a', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' }] },
        issuer: 'https://issuer.example',
        audience: 'app',
      },
      gives: { iss: 'https://issuer.example', aud: ['web', 'app'] },
    },
    {
      given: {
        jwt: 'eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCIsImtpZCI6ImEifQ.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiYXVkIjpbIndlYiIsImFwcCJdfQ.ohYd2yWBngAnn64a6Tf0PVRSmcVRtQPhnrXUa-irFBsSB_UgNaufhgBm_f7_qI48tK2bYHw-h-z42-X_M5i5BA',
        key: { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' },
        audience: 'somebody else',
      },
      fails: 'token-invalid',
    },
    {
      given: {
        jwt: 'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJhZG1pbiI6dHJ1ZX0.',
        key: 'a-secret-of-at-least-32-random-bytes',
      },
      fails: 'token-invalid',
      note: 'It has no signature.',
    },
    {
      given: {
        jwt: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkFkYSBMb3ZlbGFjZSIsImlhdCI6MTUxNjIzOTAyMn0.yczUlqfsc7auSEh9EDJcgKiaPSXIgLP6fb6IIfEllFU',
        key: 'a-secret-of-at-least-32-random-bytes',
        'max-age': 3600,
      },
      fails: 'token-expired',
      note: 'It was issued in 2018.',
    },
    {
      given: { jwt: 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA', key: 'too short a secret' },
      fails: 'key-invalid',
      note: 'HS256 needs 32 bytes.',
    },
    { given: { jwt: 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA' }, fails: 'input-invalid', note: 'Neither a key nor an address.' },
    {
      given: { jwt: 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA', 'jwks-url': 'http://api.example/missing' },
      fails: 'response-invalid',
    },
    {
      given: { jwt: 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA', 'jwks-url': 'http://169.254.169.254/keys' },
      fails: 'request-forbidden',
    },
    { given: { jwt: 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA', 'jwks-url': 'http://closed.example/' }, fails: 'request-failed' },
    {
      given: { jwt: 'eyJhbGciOiJSUzI1NiJ9.e30.AAAA', 'jwks-url': 'http://api.example/silent', timeout: 50 },
      fails: 'timeout',
    },
  ],
  run: async (input, context) => {
    const { jwt, key, 'jwks-url': url } = input;
    if ((key === undefined) === (url === undefined)) {
      throw new ActionFailure('input-invalid', 'Either `key` or `jwks-url` must be given, and not both');
    }
    if (url !== undefined && !/^https?:$/.test(protocolOf(url))) {
      throw new ActionFailure(
        'input-invalid',
        '`jwks-url` must be an absolute address that begins with https:// or http://',
      );
    }
    const token = readToken(jwt);
    const times = { cacheMs: (input.cache ?? 600) * 1000, timeoutMs: input.timeout ?? 5000 };
    const keys = url === undefined ? openKeys(key, 'verify') : await findKeys(url, token.header.kid, context, times);
    const { algorithms: allowed } = input;
    const fit = keys.map((one) => narrow(one, allowed)).filter((one) => one.algorithms.length > 0);
    if (url === undefined && fit.length === 0) {
      throw new ActionFailure(
        'key-invalid',
        '`key` is not fit for any allowed algorithm; check `algorithms` and the key',
      );
    }
    const { alg, kid } = token.header;
    const candidates = fit.filter(
      (one) =>
        one.algorithms.some((name) => name === alg) && (kid === undefined || one.kid === undefined || one.kid === kid),
    );
    if (candidates.length === 0) throw invalid('is not signed with an allowed algorithm and a known key');
    if (!hasProperSignature(jwt.trim())) throw invalid('has a signature that is not base64url without padding');
    await check(jwt.trim(), candidates, input, context.host.now());
    return partOf(token, input.part ?? 'claims');
  },
});

const narrow = (key: Key, allowed: readonly string[] | undefined): Key =>
  allowed === undefined ? key : { ...key, algorithms: key.algorithms.filter((name) => allowed.includes(name)) };

const protocolOf = (url: string): string => {
  try {
    return new URL(url).protocol;
  } catch {
    return '';
  }
};
