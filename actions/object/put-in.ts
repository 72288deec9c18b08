import { ActionFailure, any, array, defineAction, describeValue, either, isPlainObject, object } from '../kit/index.ts';
import { checkDepth, checkItems } from '../support/bounds.ts';
import { partsOf, path } from '../support/path.ts';

const putAt = (data: unknown, parts: readonly (string | number)[], at: number, value: unknown): unknown => {
  const part = parts[at];
  if (part === undefined) return value;
  const nothing = data === null || data === undefined;
  if (typeof part === 'number' && (nothing || Array.isArray(data))) {
    const copy: unknown[] = Array.isArray(data) ? data.slice() : [];
    const index = part < 0 ? copy.length + part : part;
    if (index < 0) {
      throw new ActionFailure(
        'input-invalid',
        `\`path[${at}]\` is ${part}, but there is ${describeValue(copy)} at that place; it must lie within`,
      );
    }
    checkItems(index + 1, 'path');
    while (copy.length < index) copy.push(null);
    copy[index] = putAt(copy[index], parts, at + 1, value);
    return copy;
  }
  if (!nothing && !isPlainObject(data)) {
    throw new ActionFailure(
      'input-invalid',
      `\`path[${at}]\` is a ${typeof part === 'number' ? 'number' : 'text'}, but there is ${describeValue(data)} at that place`,
    );
  }
  const inner = !nothing && Object.hasOwn(data, part) ? data[part] : null;
  return { ...(data as object | null), [part]: putAt(inner, parts, at + 1, value) };
};

export default defineAction({
  id: 'object/put-in',
  title: 'Put in',
  summary: 'Sets the value at a path of keys and indexes.',
  keywords: ['assign', 'deep', 'nested', 'update'],
  documentation: `
Texts are keys of objects and whole numbers indexes of arrays; a negative one counts from the end. What is missing or null on
the way is made: an object for a text, an array for a number, with null up to the index. Other values on the way are not
replaced but fail. Only what lies on the way is copied. An empty path gives the value itself. A path has at most 1,000 parts.`,
  fields: {
    object: either(object(), array(), { label: 'Object' }),
    path: path({
      label: 'Path',
      help: 'A list of keys and indexes, one after the other; a text is one key, also `a.b`.',
    }),
    value: any({ label: 'Value' }),
  },
  output: {},
  failures: { 'too-large': 'An index is beyond 1,000,000 items.' },
  examples: [
    {
      given: { object: { id: 7, at: { zip: '1' } }, path: ['at', 'city'], value: 'Ulm' },
      gives: { id: 7, at: { zip: '1', city: 'Ulm' } },
    },
    { given: { object: {}, path: ['a', 'b'], value: 1 }, gives: { a: { b: 1 } } },
    { given: { object: { list: [1, 2] }, path: ['list', -1], value: 3 }, gives: { list: [1, 3] } },
    { given: { object: {}, path: ['list', 1], value: 'x' }, gives: { list: [null, 'x'] } },
    { given: { object: { a: 'text' }, path: ['a', 'b'], value: 1 }, fails: 'input-invalid' },
    { given: { object: {}, path: ['list', 1_000_000], value: 1 }, fails: 'too-large' },
  ],
  run: ({ object, path, value }) => {
    const parts = partsOf(path);
    checkDepth(parts.length, 'path');
    return putAt(object, parts, 0, value);
  },
});
