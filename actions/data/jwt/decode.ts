import { defineAction, string } from '../../kit/index.ts';
import { partField, partOf, readToken } from './token.ts';

export default defineAction({
  id: 'data/jwt/decode',
  title: 'Decode JWT',
  summary: 'Reads what a JSON Web Token says, without checking that it is true.',
  keywords: ['claims', 'parse'],
  documentation: `
**Nothing is verified.** Anybody can write a token that reads like this; only \`data/jwt/verify\` tells whether it was signed by
somebody you trust, has not expired and is meant for you. Use this action to look at a token, or to find out which key is to
verify it.

The claims are those of RFC 7519, as they stand in the token: times are seconds since 1970. Tokens without a signature (\`alg\`
none) are read as well; encrypted ones (JWE) fail.`,
  fields: { jwt: string({ label: 'JWT' }), part: partField },
  output: { type: 'object' },
  failures: { 'token-invalid': 'The text is not a signed or plain JSON Web Token.' },
  examples: [
    {
      given: {
        jwt: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkFkYSBMb3ZlbGFjZSIsImlhdCI6MTUxNjIzOTAyMn0.yczUlqfsc7auSEh9EDJcgKiaPSXIgLP6fb6IIfEllFU',
      },
      gives: { sub: '1234567890', name: 'Ada Lovelace', iat: 1516239022 },
    },
    {
      given: {
        jwt: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.not-checked',
        part: 'header',
      },
      gives: { alg: 'HS256', typ: 'JWT' },
    },
    {
      given: { jwt: 'eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJhZG1pbiI6dHJ1ZX0.', part: 'all' },
      gives: { header: { alg: 'none', typ: 'JWT' }, claims: { admin: true } },
      note: 'Whoever holds this may say so, and nothing shows that it is true.',
    },
    { given: { jwt: 'eyJhbGciOiJIUzI1NiJ9.eyJz' }, fails: 'token-invalid', note: 'Cut off.' },
    { given: { jwt: 'W10.W10.' }, fails: 'token-invalid' },
    { given: { jwt: null }, fails: 'input-invalid' },
  ],
  run: ({ jwt, part }) => partOf(readToken(jwt), part ?? 'claims'),
});
