import { ActionFailure, defineAction, string } from '../kit/index.ts';
import { hasControls } from './authorization.ts';

export default defineAction({
  id: 'security/auth-encode-basic',
  title: 'Basic authorization',
  summary: 'Makes the Authorization header of a user and a password.',
  keywords: ['authentication', 'login'],
  documentation: `
RFC 7617, in UTF-8. A user name cannot hold a colon, and neither part a control character: both would read differently at the
other end. Base64 hides nothing, so send it over TLS only. The result is the value of the header without its name.`,
  fields: {
    username: string({ label: 'User name' }),
    password: string({ label: 'Password' }),
  },
  output: { type: 'string' },
  examples: [
    { given: { username: 'admin', password: '1234' }, gives: 'Basic YWRtaW46MTIzNA==' },
    { given: { username: 'test', password: '123£' }, gives: 'Basic dGVzdDoxMjPCow==', note: 'As in RFC 7617, 2.1.' },
    { given: { username: '', password: '' }, gives: 'Basic Og==' },
    { given: { username: 'a:b', password: '1234' }, fails: 'input-invalid' },
  ],
  run: ({ username, password }) => {
    if (username.includes(':')) {
      throw new ActionFailure(
        'input-invalid',
        '`username` must not hold a colon, which ends the name in a Basic header; use another user, or a bearer token',
      );
    }
    for (const [field, value] of [
      ['username', username],
      ['password', password],
    ] as const) {
      if (hasControls(value)) {
        throw new ActionFailure(
          'input-invalid',
          `\`${field}\` has a line break or another control character; remove it`,
        );
      }
    }
    return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
  },
});
