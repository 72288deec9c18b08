import { defineAction, string } from '../kit/index.ts';
import { decodeAuthorization } from './authorization.ts';

export default defineAction({
  id: 'security/auth-decode',
  title: 'Decode authorization (older name)',
  summary: 'Reads the parts of an Authorization header.',
  documentation: `
An older name of \`security/authorization-decode\`, for workflows that were made with it; both do the same. What the older one
took was never documented, so that an imported step may need its field filled in.`,
  fields: { authorization: string({ label: 'Authorization', help: 'The value of the header.' }) },
  output: { type: 'object', properties: { type: { enum: ['basic', 'bearer', 'digest'] } }, required: ['type'] },
  failures: { 'data-invalid': 'The header is of another scheme, or not as its scheme has it.' },
  examples: [
    { given: { authorization: 'Basic dXNlcjpwYXNz' }, gives: { type: 'basic', username: 'user', password: 'pass' } },
    { given: { authorization: 'Bearer ' }, fails: 'data-invalid' },
    { given: {}, fails: 'input-invalid' },
  ],
  run: ({ authorization }) => decodeAuthorization(authorization),
});
