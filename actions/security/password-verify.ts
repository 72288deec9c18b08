import { ActionFailure, defineAction, string } from '../kit/index.ts';
import { argon2, longestPassword, mostMemory, mostPasses, readCost } from './argon2.ts';

export default defineAction({
  id: 'security/password-verify',
  title: 'Verify password',
  summary: 'Says whether a password belongs to a stored hash.',
  keywords: ['argon2', 'login'],
  documentation: `
The hash is one of \`security/password-hash\`, or any other of Argon2 (id, i or d) in the PHC format. The result is false for
any other password; a hash that is none fails, since that is a mistake in what was stored and no wrong password. So does one
that would cost more than 64 MiB × 6 passes, or 8 lanes: whoever can write hashes must not be able to stop the engine.

To hide whether a user exists, verify against some hash even when there is no such user, and answer the same.`,
  fields: {
    password: string({ label: 'Password' }),
    hash: string({ label: 'Hash', help: 'What security/password-hash gave.' }),
  },
  output: { type: 'boolean' },
  failures: { 'data-invalid': 'The hash is not one of Argon2, or asks for too much.' },
  examples: [
    {
      given: {
        password: 'x',
        hash: '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$dRzY82fgceWJKqstlAB6sn56dYrekptRpYPqbR1lZQg',
      },
      gives: true,
    },
    {
      given: {
        password: 'X',
        hash: '$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$dRzY82fgceWJKqstlAB6sn56dYrekptRpYPqbR1lZQg',
      },
      gives: false,
    },
    { given: { password: 'x', hash: '5f4dcc3b5aa765d61d8327deb882cf99' }, fails: 'data-invalid' },
    {
      given: {
        password: 'x',
        hash: '$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$dRzY82fgceWJKqstlAB6sn56dYrekptRpYPqbR1lZQg',
      },
      fails: 'data-invalid',
      note: 'It asks for 4 GiB of memory.',
    },
    { given: { password: null, hash: '' }, fails: 'input-invalid' },
  ],
  run: async ({ password, hash }) => {
    const refuse = (): never => {
      throw new ActionFailure(
        'data-invalid',
        '`hash` must be a hash of Argon2 in the PHC format ($argon2id$v=19$m=…,t=…,p=…$salt$hash) that asks for at most ' +
          `${mostMemory} KiB, ${mostPasses} passes and 8 lanes; check what was stored`,
      );
    };
    const cost = readCost(hash) ?? refuse();
    if (cost.memory > mostMemory || cost.passes > mostPasses || cost.lanes > 8) return refuse();
    // What is longer cannot have been hashed here, and would cost time.
    if (Buffer.byteLength(password) > longestPassword) return false;
    try {
      return await argon2().verify(hash, password);
    } catch {
      return refuse();
    }
  },
});
