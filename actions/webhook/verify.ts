import {
  ActionFailure,
  boolean,
  bytes,
  defineAction,
  either,
  integer,
  listOf,
  object,
  oneOf,
  optional,
  type Plain,
  string,
} from '../kit/index.ts';
import { toBytes } from '../support/encode-bytes.ts';
import { type Claim, type Delivery, digestId, isUsable, readClaim, schemes } from './schemes.ts';

/** Names in any letter case. A header that came several times has no one value that could be checked. */
const headerReader = (headers: Plain): Delivery['header'] => {
  const byName = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => {
    const value = byName.get(name);
    const one = Array.isArray(value) && value.length === 1 ? value[0] : value;
    return typeof one === 'string' ? one.trim() : typeof one === 'number' ? String(one) : undefined;
  };
};

const isInTime = ({ timestamp }: Claim, now: number, tolerance: number): boolean =>
  timestamp === undefined || Math.abs(now / 1000 - timestamp) <= tolerance;

export default defineAction({
  id: 'webhook/verify',
  title: 'Verify webhook',
  summary: 'Makes sure that a request was sent by whoever shares a secret with you, just now and for the first time.',
  keywords: ['signature'],
  documentation: `
| scheme | headers | signed | time |
| --- | --- | --- | --- |
| standard | \`webhook-id\`, \`webhook-timestamp\`, \`webhook-signature\`, or \`svix-…\` | id, time and body (Standard Webhooks; v1, and v1a with a \`whpk_\` key) | yes |
| github | \`x-hub-signature-256\` | body | no |
| stripe | \`stripe-signature\` | time and body | yes |
| slack | \`x-slack-signature\`, \`x-slack-request-timestamp\` | time and body | yes |
| generic | the one in \`header\` | body | no |

\`body\` must be the bytes or the text exactly as they came: JSON that was decoded and encoded again has another signature. In an
operation of a server these are \`{"$ref": ["request", "raw"]}\`, whatever the content type, and the first step of its workflow is

\`\`\`json
{
  "id": "verify",
  "action": "webhook/verify",
  "input": {
    "scheme": "github",
    "body": { "$ref": ["request", "raw"] },
    "headers": { "$ref": ["request", "header"] },
    "secret": { "$secret": "github-webhook" }
  }
}
\`\`\`

While a secret is being replaced give both; one signature that was made with one of them is enough. What is older or newer than
\`tolerance\` is refused where the scheme signs a time.

With \`once\` a request that was accepted before is refused with \`webhook-repeated\`, for twice the tolerance, and at least for
an hour. It is known by its id (standard) or by what was signed, so that for github and generic the same body counts as the same
request. Each worker process remembers for itself, the last 100,000 of all, and forgets when it ends. Since senders repeat what failed, answer a
repetition as if it were the first, and check before doing anything.

Whatever is wrong fails with one code and one message, so that nobody learns from it. A run that fails with it answers 401.`,
  fields: {
    scheme: oneOf(schemes, { label: 'Scheme', help: 'Whose way of signing it is.' }),
    body: bytes({ label: 'Body', help: 'As it came, not decoded: {"$ref": ["request", "raw"]}.' }),
    headers: object({ label: 'Headers', help: 'Of the request; names in any letter case.' }),
    secret: either(string(), listOf(string()), {
      label: 'Secret',
      help: 'One, or several while they are being replaced.',
    }),
    tolerance: optional(
      integer({
        label: 'Tolerance',
        help: 'Seconds by which the signed time may differ.',
        minimum: 0,
        maximum: 86_400,
      }),
      300,
    ),
    once: optional(boolean({ label: 'Once', help: 'Whether a repetition fails.' }), false),
    header: optional(string({ label: 'Header', help: 'generic: which one holds the signature.' }), 'x-signature'),
    algorithm: optional(
      oneOf(['sha256', 'sha512', 'sha1'], { label: 'Hash', help: 'generic: of the HMAC.' }),
      'sha256',
    ),
    encoding: optional(
      oneOf(['hex', 'base64'], { label: 'Encoding', help: 'generic: how the signature is written.' }),
      'hex',
    ),
    prefix: optional(
      string({ label: 'Prefix', help: 'generic: what stands before the signature, such as sha256=.' }),
      '',
    ),
  },
  output: {
    type: 'object',
    properties: { id: { type: 'string' }, timestamp: { type: ['integer', 'null'] } },
    required: ['id', 'timestamp'],
  },
  failures: {
    'signature-invalid': 'A header is missing, no signature is right, or the signed time is too far away.',
    'webhook-repeated': 'With `once`: it was accepted before.',
  },
  examples: [
    {
      given: {
        scheme: 'github',
        body: 'Hello, World!',
        headers: {
          'X-Hub-Signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
        },
        secret: "It's a Secret to Everybody",
      },
      gives: { id: '3_1gIbsr1bCvZ2KQgJ7DpTGR3YHH9wpLKGiKNiGCmG8', timestamp: null },
      note: 'From the documentation of GitHub.',
    },
    {
      given: {
        scheme: 'generic',
        body: 'what do ya want for nothing?',
        headers: { 'x-shop-hmac': 'W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=' },
        secret: ['new secret', 'Jefe'],
        header: 'X-Shop-Hmac',
        encoding: 'base64',
      },
      gives: { id: 's4Hn_sZT_Dq5sXgnI2a4rIf-2NMcsl7R0OHzMYZEyJw', timestamp: null },
      note: 'Signed with the second secret.',
    },
    {
      given: {
        scheme: 'github',
        body: 'Hello, World?',
        headers: { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
        secret: "It's a Secret to Everybody",
      },
      fails: 'signature-invalid',
      note: 'The body was changed.',
    },
    {
      given: {
        scheme: 'standard',
        body: '{"test": 2432232314}',
        headers: {
          'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
          'webhook-timestamp': '1614265330',
          'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
        },
        secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      },
      fails: 'signature-invalid',
      note: 'The signature is right, but the message is years old.',
    },
    { given: { scheme: 'stripe', body: '{}', headers: {}, secret: 'whsec_x' }, fails: 'signature-invalid' },
    { given: { scheme: 'standard', body: '{}', headers: {}, secret: 'no base64' }, fails: 'input-invalid' },
    { given: { scheme: 'github', body: '{}', headers: {}, secret: '' }, fails: 'input-invalid' },
    { given: { scheme: 'github', body: { decoded: true }, headers: {}, secret: 'x' }, fails: 'input-invalid' },
  ],
  run: (input, { host }) => {
    const { scheme, headers, tolerance = 300 } = input;
    const body = toBytes(input.body);
    const secrets = typeof input.secret === 'string' ? [input.secret] : input.secret;
    if (secrets.length === 0 || secrets.length > 20 || secrets.includes('')) {
      throw new ActionFailure('input-invalid', '`secret` must be a secret or 1 to 20 of them, and none may be empty');
    }
    if (!secrets.every((secret) => isUsable(scheme, secret))) {
      throw new ActionFailure(
        'input-invalid',
        '`secret` must be base64 for the scheme standard, after whsec_ or alone, or a public key of 32 bytes after whpk_',
      );
    }
    const options = {
      header: input.header ?? 'x-signature',
      algorithm: input.algorithm ?? 'sha256',
      encoding: input.encoding ?? 'hex',
      prefix: input.prefix ?? '',
    };
    const claim = readClaim(scheme, { body, header: headerReader(headers) }, options);
    const signed = claim !== undefined && secrets.filter((secret) => claim.isSignedWith(secret)).length > 0;
    if (!signed || !isInTime(claim, host.now(), tolerance)) {
      throw new ActionFailure(
        'signature-invalid',
        `The request is not signed as the scheme ${scheme} demands, with a secret in \`secret\` and at most ${tolerance} seconds ago`,
      );
    }
    if (input.once === true) {
      const key = `${scheme}:${digestId(claim.id)}`;
      if (!host.memory.mark('webhook/verify', key, Math.max(2 * tolerance, 3600) * 1000)) {
        throw new ActionFailure(
          'webhook-repeated',
          'The request was accepted before; answer it as if it were the first',
        );
      }
    }
    return { id: claim.id, timestamp: claim.timestamp ?? null };
  },
});
