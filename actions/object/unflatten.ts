import { ActionFailure, boolean, defineAction, describeValue, object, optional, string } from '../kit/index.ts';
import { bounds, checkDepth } from '../support/bounds.ts';

/** What is inside, by key; a value stands in a box, since it may be a map itself one day. */
type Branch = Map<string, Branch | { value: unknown }>;

const wholeNumber = /^(?:0|[1-9]\d{0,6})$/;

/** An array when the keys are the whole numbers from 0 on, without a gap. */
const build = (branch: Branch, arrays: boolean): unknown => {
  const members = Array.from(branch, ([key, member]): [string, unknown] => [
    key,
    member instanceof Map ? build(member, arrays) : member.value,
  ]);
  if (!arrays || !members.every(([key]) => wholeNumber.test(key) && Number(key) < members.length)) {
    return Object.fromEntries(members);
  }
  const items: unknown[] = Array(members.length);
  for (const [key, member] of members) items[Number(key)] = member;
  return items;
};

const conflict = (key: string): ActionFailure =>
  new ActionFailure(
    'key-conflict',
    `\`object\` has a value at the key ${describeValue(key)} and others inside of it; leave out one of them`,
  );

export default defineAction({
  id: 'object/unflatten',
  title: 'Unflatten',
  summary: 'Makes objects inside of objects of keys that are paths.',
  documentation: `
Each key is split at the separator, and what comes out are the keys from the outside in: \`object/flatten\` backwards. Where
all keys of an object are the whole numbers from 0 on, it becomes an array, unless \`arrays\` is off; with gaps it stays an
object, so that a large index makes no large array. Values stay as they are. A key that has both a value and others inside of
it fails. Up to 1,000 levels.`,
  fields: {
    object: object({ label: 'Object' }),
    separator: optional(string({ label: 'Separator', help: 'Text between two keys.' }), '.'),
    arrays: optional(boolean({ label: 'Arrays too', help: 'Off, whole numbers are keys like any other.' }), true),
  },
  output: { type: 'object' },
  failures: { 'key-conflict': 'A key has a value as well as others inside of it.' },
  examples: [
    {
      given: { object: { id: 7, 'at.city': 'Ulm', 'at.geo.0': 48.4, 'at.geo.1': 10 } },
      gives: { id: 7, at: { city: 'Ulm', geo: [48.4, 10] } },
    },
    { given: { object: { 'a.1': 'x' } }, gives: { a: { 1: 'x' } }, note: 'There is no 0, so it is no array.' },
    { given: { object: { 'a[0]': 1, 'a[1]': 2 }, separator: '[' }, gives: { a: { '0]': 1, '1]': 2 } } },
    { given: { object: { a: 1, 'a.b': 2 } }, fails: 'key-conflict' },
    { given: { object: { a: 1 }, separator: '' }, fails: 'input-invalid' },
  ],
  run: ({ object, separator, arrays }) => {
    if (separator === '') {
      throw new ActionFailure('input-invalid', '`separator` must have at least one character, found an empty text');
    }
    const root: Branch = new Map();
    for (const [key, value] of Object.entries(object)) {
      const parts = key.split(separator, bounds.depth + 2);
      checkDepth(parts.length, 'object');
      const last = parts.pop() ?? '';
      let branch = root;
      for (const part of parts) {
        let next = branch.get(part);
        if (next === undefined) {
          next = new Map();
          branch.set(part, next);
        }
        if (!(next instanceof Map)) throw conflict(key);
        branch = next;
      }
      if (branch.has(last)) throw conflict(key);
      branch.set(last, { value });
    }
    return Object.fromEntries(
      Array.from(root, ([key, member]) => [key, member instanceof Map ? build(member, arrays) : member.value]),
    );
  },
});
