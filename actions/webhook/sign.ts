import { createHmac } from 'node:crypto';
import { ActionFailure, bytes, defineAction, oneOf, optional, string } from '../kit/index.ts';
import { encodeBytes, toBytes } from '../support/encode-bytes.ts';
import { standardKey } from './schemes.ts';

export default defineAction({
  id: 'webhook/sign',
  title: 'Sign webhook',
  summary: 'Makes the headers that let a receiver verify a webhook.',
  keywords: ['signature'],
  documentation: `
The schemes are those of \`webhook/verify\`; \`standard\` (Standard Webhooks) is the one to choose for webhooks of your own. Its
secret is base64, with or without \`whsec_\` before it, and should stand for 24 to 64 random bytes. \`body\` must be sent
exactly as it is given here: as text or bytes, not as an object. The time is that of the run.

For \`standard\`, give the same \`id\` when you send a message again, so that the receiver knows it; left out, it is random.`,
  fields: {
    scheme: oneOf(['standard', 'github', 'stripe', 'slack'], { label: 'Scheme', help: 'Whose way of signing it is.' }),
    body: bytes({ label: 'Body', help: 'As it will be sent.' }),
    secret: string({ label: 'Secret' }),
    id: optional(string({ label: 'Id', help: 'standard: of the message. No dots or white space.' })),
  },
  output: { type: 'object' },
  examples: [
    {
      given: { scheme: 'github', body: 'Hello, World!', secret: "It's a Secret to Everybody" },
      gives: {
        'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      },
      note: 'From the documentation of GitHub, and the only scheme without a time.',
    },
    { given: { scheme: 'standard', body: '{}', secret: 'whsec_!' }, fails: 'input-invalid' },
    {
      given: { scheme: 'standard', body: '{}', secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', id: 'a.b' },
      fails: 'input-invalid',
    },
    { given: { scheme: 'slack', body: '{}', secret: '' }, fails: 'input-invalid' },
  ],
  run: ({ scheme, body, secret, id }, { host }) => {
    const content = toBytes(body);
    const time = String(Math.floor(host.now() / 1000));
    const code = (key: string | Uint8Array, head: string, encoding: 'hex' | 'base64'): string =>
      createHmac('sha256', key).update(head).update(content).digest(encoding);
    if (secret === '') throw new ActionFailure('input-invalid', '`secret` must not be empty');
    switch (scheme) {
      case 'github':
        return { 'x-hub-signature-256': `sha256=${code(secret, '', 'hex')}` };
      case 'stripe':
        return { 'stripe-signature': `t=${time},v1=${code(secret, `${time}.`, 'hex')}` };
      case 'slack':
        return { 'x-slack-request-timestamp': time, 'x-slack-signature': `v0=${code(secret, `v0:${time}:`, 'hex')}` };
      case 'standard': {
        const key = standardKey(secret);
        if (key === undefined)
          throw new ActionFailure('input-invalid', '`secret` must be base64, after whsec_ or alone');
        if (id !== undefined && !/^[\x21-\x2d\x2f-\x7e]{1,256}$/.test(id)) {
          throw new ActionFailure(
            'input-invalid',
            '`id` must be 1 to 256 ASCII characters without dots and white space',
          );
        }
        const message = id ?? `msg_${encodeBytes(host.randomBytes(16), 'base64url')}`;
        return {
          'webhook-id': message,
          'webhook-timestamp': time,
          'webhook-signature': `v1,${code(key, `${message}.${time}.`, 'base64')}`,
        };
      }
    }
  },
});
