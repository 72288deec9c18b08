import { defineAction, object } from '../../kit/index.ts';
import { encodeJson } from '../../support/json.ts';

const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');

export default defineAction({
  id: 'data/jwt/encode',
  title: 'Encode JWT',
  summary: 'Writes claims as a JSON Web Token without a signature.',
  documentation: `
**The result proves nothing**, since anybody can make one: it is an unsecured token (RFC 7519, 6; \`alg\` none), which ends with
a dot and which \`data/jwt/verify\` and every careful receiver refuse. There is no field for a key; \`data/jwt/sign\` makes
tokens that can be verified.

It is good for tests, and for passing claims through something that only takes tokens. \`data/jwt/decode\` gives the claims
back.`,
  fields: { data: object({ label: 'Claims', help: 'What the token says.' }) },
  output: { type: 'string' },
  examples: [
    { given: { data: { admin: true } }, gives: 'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJhZG1pbiI6dHJ1ZX0.' },
    { given: { data: {} }, gives: 'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.e30.' },
    { given: { data: { ratio: Number.NaN } }, fails: 'input-invalid', note: 'JSON has no such number.' },
    { given: { data: 'claims' }, fails: 'input-invalid' },
  ],
  run: ({ data }) => `${header}.${Buffer.from(encodeJson(data, '`data`')).toString('base64url')}.`,
});
