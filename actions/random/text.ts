import { ActionFailure, defineAction, integer, optional, string } from '../kit/index.ts';
import { evenNumbers } from './even.ts';

const lettersAndDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const mostCharacters = 1000;

export default defineAction({
  id: 'random/text',
  title: 'Random text',
  summary: 'Makes a text of random characters.',
  keywords: ['generate', 'password'],
  documentation: `
Each character is drawn from the source for keys, all as likely as each other, so that the result may be a secret: 22 letters
and digits hold as much as a key of 128 bits. A character that is in \`alphabet\` several times is drawn as often. Characters
are code points, so that most emoji are one; those made of several come apart. For a token without wishes about its characters
\`security/random-token\` is enough.`,
  fields: {
    length: integer({ label: 'Length', help: 'In characters.', minimum: 0, maximum: 100_000 }),
    alphabet: optional(
      string({ label: 'Alphabet', help: '1 to 1000 characters; letters and digits by default.' }),
      lettersAndDigits,
    ),
  },
  output: { type: 'string' },
  examples: [
    { given: { length: 3, alphabet: 'x' }, gives: 'xxx' },
    { given: { length: 2, alphabet: '🎲' }, gives: '🎲🎲' },
    { given: { length: 0 }, gives: '' },
    { given: { length: 5, alphabet: '' }, fails: 'input-invalid' },
    { given: { length: 100_001 }, fails: 'input-invalid' },
  ],
  run: ({ length, alphabet = lettersAndDigits }, { host }) => {
    const characters = [...alphabet.slice(0, 2 * mostCharacters + 1)];
    if (characters.length === 0 || characters.length > mostCharacters) {
      throw new ActionFailure('input-invalid', `\`alphabet\` must have 1 to ${mostCharacters} characters`);
    }
    return evenNumbers(host, length, characters.length)
      .map((index) => characters[index])
      .join('');
  },
});
