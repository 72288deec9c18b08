/**
 * Where the next mention of a name ends that begins at an index or after it, or -1. Letters alone are compared, without case:
 * a name's words can be joined by whatever ends a word. It finds every place that a name could cover, and more.
 */
export type FindMention = (text: string, from: number) => number;

/** A unit that is passed over, and a letter that is in no name. */
const skipped = 0;
const foreign = 1;
/** What lower case makes of these is no letter of ASCII, but what ignoring case does. */
const alsoAscii: readonly (readonly [string, string])[] = [
  ['\u212a', 'k'],
  ['\u017f', 's'],
];

/**
 * Looks for all names in one pass (Aho and Corasick 1975), in a time that depends on nothing but the length of the text.
 * @param names in lower case
 */
export const createMentions = (names: Iterable<string>): FindMention => {
  const spelled = [...names].map((name) => name.replace(/\P{L}/gu, ''));
  // A name of digits or signs alone is rare enough to be looked for everywhere.
  if (spelled.includes('')) return (text, from) => (from < text.length ? from + 1 : -1);
  const { ascii, others, width } = classesOf(spelled);
  const { next, isEnd } = automatonOf(spelled, (unit) => ascii[unit] ?? others.get(unit) ?? skipped, width);
  return (text, from) => {
    const { length } = text;
    for (let at = from, state = 0; at < length; at++) {
      const unit = text.charCodeAt(at);
      const kind = unit < 128 ? (ascii[unit] as number) : (others.get(unit) ?? skipped);
      if (kind === skipped) continue;
      state = next[state + kind] as number;
      if (isEnd[state] === 1) return at + 1;
    }
    return -1;
  };
};

interface Classes {
  ascii: Uint8Array;
  others: ReadonlyMap<number, number>;
  /** How many there are. */
  width: number;
}

/** A number for each letter of the names, in both cases. */
const classesOf = (names: readonly string[]): Classes => {
  const ascii = Uint8Array.from({ length: 128 }, (_, unit) => (/[a-z]/i.test(String.fromCharCode(unit)) ? foreign : 0));
  const others = new Map<number, number>();
  let width = foreign + 1;
  const learn = (sign: string, kind: number): void => {
    for (let i = 0; i < sign.length; i++) {
      const unit = sign.charCodeAt(i);
      if (unit < 128) ascii[unit] = kind;
      else others.set(unit, kind);
    }
  };
  for (const unit of new Set(names.join('').split(''))) {
    learn(unit, width);
    if (unit.toUpperCase().toLowerCase() === unit) learn(unit.toUpperCase(), width);
    for (const [other, same] of alsoAscii) if (same === unit) learn(other, width);
    width++;
  }
  return { ascii, others, width };
};

interface Automaton {
  /** By state and class; a state is its row's beginning. */
  next: Uint32Array;
  /** 1 for each state in which a name has just ended. */
  isEnd: Uint8Array;
}

const automatonOf = (names: readonly string[], classOf: (unit: number) => number, width: number): Automaton => {
  const most = (names.reduce((sum, { length }) => sum + length, 0) + 1) * width;
  const next = new Uint32Array(most);
  const isEnd = new Uint8Array(most);
  let used = width;
  for (const name of names) {
    let state = 0;
    for (let i = 0; i < name.length; i++) {
      const edge = state + classOf(name.charCodeAt(i));
      if (next[edge] === 0) {
        next[edge] = used;
        used += width;
      }
      state = next[edge] as number;
    }
    isEnd[state] = 1;
  }
  completeEdges(next, isEnd, width);
  return { next, isEnd };
};

/** Where no name goes on, the longest end of what was read that begins one does. Shorter states come first. */
const completeEdges = (next: Uint32Array, isEnd: Uint8Array, width: number): void => {
  const fallback = new Map<number, number>([[0, 0]]);
  // Grows while it is walked through.
  const states = [0];
  for (const state of states) {
    const shorter = fallback.get(state) as number;
    if (isEnd[shorter] === 1) isEnd[state] = 1;
    for (let kind = foreign; kind < width; kind++) {
      const target = next[state + kind] as number;
      const elsewhere = state === 0 ? 0 : (next[shorter + kind] as number);
      if (target === 0) {
        next[state + kind] = elsewhere;
        continue;
      }
      fallback.set(target, elsewhere);
      states.push(target);
    }
  }
};
