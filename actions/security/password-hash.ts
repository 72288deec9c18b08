import { ActionFailure, defineAction, integer, optional, string } from '../kit/index.ts';
import { argon2, longestPassword, mostMemory, mostPasses } from './argon2.ts';

export default defineAction({
  id: 'security/password-hash',
  title: 'Hash password',
  summary: 'Makes what may be stored of a password.',
  keywords: ['argon2'],
  documentation: `
Argon2id (RFC 9106) with a random salt of 16 bytes and a result of 32, written in the PHC format, which holds all that
\`security/password-verify\` needs. Each call gives another text. The defaults are the least that OWASP recommends: 19 MiB of
memory and two passes, about 30 ms. More memory costs an attacker more than more passes. It is computed beside other work, a few
at a time, so that many sign-ins at once have to wait for each other.

A password has at most 1,024 UTF-8 bytes. It is taken byte by byte: normalise it first if it may come in several Unicode forms.`,
  fields: {
    password: string({ label: 'Password' }),
    memory: optional(integer({ label: 'Memory', help: 'KiB.', minimum: 19_456, maximum: mostMemory }), 19_456),
    passes: optional(integer({ label: 'Passes', minimum: 2, maximum: mostPasses }), 2),
  },
  output: { type: 'string' },
  examples: [
    { given: { password: '' }, fails: 'input-invalid', note: 'An empty password is none.' },
    { given: { password: 'x'.repeat(1025) }, fails: 'input-invalid' },
    {
      given: { password: 'correct horse', memory: 1024 },
      fails: 'input-invalid',
      note: 'Too little memory to be safe.',
    },
  ],
  run: ({ password, memory = 19_456, passes = 2 }, { host }) => {
    const size = Buffer.byteLength(password);
    if (size === 0 || size > longestPassword) {
      throw new ActionFailure(
        'input-invalid',
        `\`password\` must have 1 to ${longestPassword} bytes as UTF-8, found ${size}`,
      );
    }
    return argon2().hash(password, {
      algorithm: 2,
      memoryCost: memory,
      timeCost: passes,
      parallelism: 1,
      salt: host.randomBytes(16),
    });
  },
});
