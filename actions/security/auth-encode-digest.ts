import { defineAction, object, string } from '../kit/index.ts';
import { encodeParameters } from './authorization.ts';

export default defineAction({
  id: 'security/auth-encode-digest',
  title: 'Digest authorization',
  summary: 'Writes an Authorization header out of parameters.',
  documentation: `
Parameters are written in the order of their names, with the quotes of RFC 7616, 3.4: \`algorithm\`, \`charset\`, \`nc\`,
\`qop\`, \`stale\`, \`type\`, \`userhash\` and \`username*\` go without, all others in double quotes with \`"\` and \`\\\`
escaped. Null leaves a parameter out. \`qop\` goes without quotes even when it lists several, which only a challenge may do.
Nothing is computed: \`security/digest-response\` gives the parameters that answer a challenge.`,
  fields: {
    type: string({ label: 'Type', help: 'The scheme the header begins with, as it is to be written, such as Digest.' }),
    parameters: object({ label: 'Parameters', help: 'Values by name: texts, numbers, true or false.' }),
  },
  output: { type: 'string' },
  examples: [
    {
      given: {
        type: 'digest',
        parameters: {
          algorithm: 'SHA-256',
          nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
          opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
          qop: 'auth, auth-int',
          realm: 'http-auth@example.org',
          type: 'digest',
        },
      },
      gives:
        'digest algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", ' +
        'opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", qop=auth, auth-int, realm="http-auth@example.org", type=digest',
    },
    {
      given: { type: 'Digest', parameters: { username: 'Ann "A"', nc: '00000001', stale: false, cnonce: null } },
      gives: 'Digest nc=00000001, stale=false, username="Ann \\"A\\""',
    },
    { given: { type: 'Digest', parameters: { realm: 'a\r\nX-Admin: true' } }, fails: 'input-invalid' },
    { given: { type: 'Digest', parameters: { realm: ['a'] } }, fails: 'input-invalid' },
    { given: { type: 'two words', parameters: {} }, fails: 'input-invalid' },
  ],
  run: ({ type, parameters }) => encodeParameters(type, parameters),
});
