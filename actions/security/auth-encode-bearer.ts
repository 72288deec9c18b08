import { ActionFailure, defineAction, string } from '../kit/index.ts';

export default defineAction({
  id: 'security/auth-encode-bearer',
  title: 'Bearer authorization',
  summary: 'Makes the Authorization header of a token.',
  keywords: ['api key', 'authentication'],
  documentation: `
RFC 6750. The token is taken as it is, neither encoded nor checked for what it means; one with spaces, line breaks or characters
outside of ASCII fails, since it could not arrive as it is. The result is the value of the header without its name.`,
  fields: { token: string({ label: 'Token' }) },
  output: { type: 'string' },
  examples: [
    { given: { token: 'YWRtaW46MTIzNA==' }, gives: 'Bearer YWRtaW46MTIzNA==' },
    { given: { token: 'mF_9.B5f-4.1JqM' }, gives: 'Bearer mF_9.B5f-4.1JqM' },
    { given: { token: 'abc\r\nX-Admin: true' }, fails: 'input-invalid' },
    { given: { token: '' }, fails: 'input-invalid' },
  ],
  run: ({ token }) => {
    if (/^[\x21-\x7e]+$/.test(token)) return `Bearer ${token}`;
    throw new ActionFailure(
      'input-invalid',
      '`token` must be printable ASCII without spaces, and not empty; check where it comes from',
    );
  },
});
