import { defineAction, string } from '../kit/index.ts';
import { decodeAuthorization } from './authorization.ts';

export default defineAction({
  id: 'security/authorization-decode',
  title: 'Decode authorization',
  summary: 'Reads the parts of an Authorization header.',
  documentation: `
Basic gives \`{type, username, password}\` (RFC 7617; UTF-8, or ISO 8859-1 where the bytes are not), Bearer \`{type, token}\`
(RFC 6750), Digest \`type\` and all parameters as texts (RFC 7616), their names in lower case. Schemes may be in any case; a
comma in a value without quotes is taken as part of it. A parameter that comes twice fails, and so does any other scheme.

Nothing is verified: the header says who somebody claims to be.`,
  fields: { authorization: string({ label: 'Authorization', help: 'The value of the header.' }) },
  output: { type: 'object', properties: { type: { enum: ['basic', 'bearer', 'digest'] } }, required: ['type'] },
  failures: { 'data-invalid': 'The header is of another scheme, or not as its scheme has it.' },
  examples: [
    {
      given: { authorization: 'Basic YWRtaW46MTIzNA==' },
      gives: { type: 'basic', username: 'admin', password: '1234' },
    },
    { given: { authorization: 'bearer mF_9.B5f-4.1JqM' }, gives: { type: 'bearer', token: 'mF_9.B5f-4.1JqM' } },
    {
      given: { authorization: 'Digest username="Ann \\"A\\"", realm="a, b", qop=auth, nc=00000001' },
      gives: { type: 'digest', username: 'Ann "A"', realm: 'a, b', qop: 'auth', nc: '00000001' },
    },
    { given: { authorization: 'Basic OnNlY3JldDo=' }, gives: { type: 'basic', username: '', password: 'secret:' } },
    { given: { authorization: 'Negotiate abc' }, fails: 'data-invalid' },
    { given: { authorization: 'Basic bm8gY29sb24=' }, fails: 'data-invalid' },
    { given: { authorization: null }, fails: 'input-invalid', note: 'There was no such header.' },
  ],
  run: ({ authorization }) => decodeAuthorization(authorization),
});
