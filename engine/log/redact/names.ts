import { createMentions, type FindMention } from './mentions.ts';

/** Words that make a key's value a secret, besides what settings add. Written as compared: lower case, no `-` or `_`. */
const secretWords: readonly string[] = [
  'password',
  'passwd',
  'passphrase',
  'secret',
  'token',
  'apikey',
  'authorization',
  'cookie',
  'privatekey',
  'credential',
  'session',
  'otp',
  'pin',
  'cvv',
  'card',
  'iban',
  'ssn',
];

/** The longest run of words of a key that is looked up as one name, as `date-of-birth` is. */
const longestRun = 6;
const cacheSize = 10_000;
/** Longer keys are looked up every time, so that the cache stays small whatever the data is. */
const longestCached = 100;

const wordPattern = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{Lt}]+/gu;

/** `X-Api-Key`, `apiKey2` and `APIKey` all give api, key. */
const wordsOf = (key: string): string[] => key.match(wordPattern)?.map((word) => word.toLowerCase()) ?? [];

const isSecret = (key: string, names: ReadonlySet<string>): boolean => {
  // A reference names a secret and does not hold it.
  if (key === '$secret') return false;
  if (names.has(key.replace(/[-_]/g, '').toLowerCase())) return true;
  const words = wordsOf(key);
  for (let start = 0; start < words.length; start++) {
    let run = '';
    for (let end = start; end < words.length && end < start + longestRun; end++) {
      run += words[end];
      if (names.has(run) || (run.endsWith('s') && names.has(run.slice(0, -1)))) return true;
    }
  }
  return false;
};

export interface NameTest {
  /** Whether a key's value is a secret by the key's name. */
  isSecretName(key: string): boolean;
  /** Finds every place that a secret's name could cover, and more. */
  readonly mention: FindMention;
}

/** A key so long is no name that anybody chose; its words are looked for at both ends. */
const longestName = 1024;

/**
 * Tells whether a key's value is a secret by the key's name: whole words of it, compared without case, `-` and `_`;
 * words also end where a capital or a digit follows. A plural counts as its singular. Answers are kept for 10,000 keys.
 */
export const createNameTest = (added: readonly string[]): NameTest => {
  const names = new Set([...secretWords, ...added.map((name) => name.replace(/[-_\s]/g, '').toLowerCase())]);
  names.delete('');
  const mention = createMentions(names);
  const known = new Map<string, boolean>();
  return {
    mention,
    isSecretName(key) {
      const cached = known.get(key);
      if (cached !== undefined) return cached;
      const name = key.length <= longestName ? key : `${key.slice(0, 512)} ${key.slice(-512)}`;
      const secret = mention(name, 0) >= 0 && isSecret(name, names);
      if (known.size >= cacheSize) known.clear();
      // A key can be a piece of a long text, which the cache would keep in memory.
      if (key.length <= longestCached) known.set(` ${key}`.slice(1), secret);
      return secret;
    },
  };
};
