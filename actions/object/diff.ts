import { any, defineAction, isPlainObject } from '../kit/index.ts';
import { checkDepth, checkTotal } from '../support/bounds.ts';
import { openIdentities } from '../support/distinct.ts';
import { pointerPart } from './pointer.ts';

type Operation = { op: 'add' | 'replace'; path: string; value: unknown } | { op: 'remove'; path: string };

const openComparison = () => {
  const identify = openIdentities('object');
  const isSame = (a: unknown, b: unknown): boolean => {
    const [left, right] = [identify(a), identify(b)];
    return left === right || (Number.isNaN(left) && Number.isNaN(right));
  };
  const operations: Operation[] = [];
  let members = 0;
  let characters = 0;
  const pass = (count: number): void => {
    members += count;
    checkTotal(members, 'object', 'members');
  };
  const push = (operation: Operation): void => {
    // Paths into deep objects can be far longer than the objects.
    characters += operation.path.length;
    checkTotal(characters, 'object', 'characters');
    operations.push(operation);
  };
  const compareArrays = (from: unknown[], to: unknown[], path: string, depth: number): void => {
    const shorter = Math.min(from.length, to.length);
    pass(from.length + to.length);
    let start = 0;
    while (start < shorter && isSame(from[start], to[start])) start += 1;
    let end = 0;
    while (end < shorter - start && isSame(from[from.length - 1 - end], to[to.length - 1 - end])) end += 1;
    const paired = shorter - end;
    for (let index = start; index < paired; index += 1) compare(from[index], to[index], `${path}/${index}`, depth + 1);
    // From the last to the first, so that the indexes of what is still to be removed stay true.
    for (let index = from.length - end - 1; index >= paired; index -= 1)
      push({ op: 'remove', path: `${path}/${index}` });
    for (let index = paired; index < to.length - end; index += 1) {
      push({ op: 'add', path: `${path}/${index}`, value: to[index] ?? null });
    }
  };
  const compareObjects = (
    from: Record<string, unknown>,
    to: Record<string, unknown>,
    path: string,
    depth: number,
  ): void => {
    const keys = Object.keys(from);
    pass(keys.length);
    for (const key of keys) {
      if (!Object.hasOwn(to, key)) push({ op: 'remove', path: `${path}/${pointerPart(key)}` });
    }
    for (const key of Object.keys(to)) {
      pass(1);
      const inner = `${path}/${pointerPart(key)}`;
      if (Object.hasOwn(from, key)) compare(from[key], to[key], inner, depth + 1);
      else push({ op: 'add', path: inner, value: to[key] ?? null });
    }
  };
  const compare = (from: unknown, to: unknown, path: string, depth: number): void => {
    if (from === to || isSame(from, to)) return;
    checkDepth(depth, 'object');
    if (Array.isArray(from) && Array.isArray(to)) compareArrays(from, to, path, depth);
    else if (isPlainObject(from) && isPlainObject(to)) compareObjects(from, to, path, depth);
    else push({ op: 'replace', path, value: to ?? null });
  };
  return { compare, operations };
};

export default defineAction({
  id: 'object/diff',
  title: 'Diff',
  summary: 'Gives the operations that turn one document into another, as a JSON Patch.',
  keywords: ['compare', 'difference'],
  documentation: `
A JSON Patch (RFC 6902) rather than a list of our own, because \`object/patch\` and many other programs can apply it; an empty
one says that both are equal. Only add, remove and replace are used. Objects are compared key by key, whatever the order of
their keys. Of two arrays, what is equal at the beginning and at the end is set apart, and the rest compared index by index:
an item that is put in or taken out is one operation, but several such places give more than would be necessary. At most
1,000,000 members are compared.`,
  fields: {
    object: any({ label: 'From', help: 'The document as it was.' }),
    with: any({ label: 'To', help: 'The document as it is to be.' }),
  },
  output: {
    type: 'array',
    items: {
      type: 'object',
      properties: { op: { enum: ['add', 'remove', 'replace'] }, path: { type: 'string' }, value: {} },
      required: ['op', 'path'],
    },
  },
  examples: [
    {
      given: { object: { id: 7, state: 'open', note: 'x' }, with: { state: 'paid', id: 7, at: { by: 'Ann' } } },
      gives: [
        { op: 'remove', path: '/note' },
        { op: 'replace', path: '/state', value: 'paid' },
        { op: 'add', path: '/at', value: { by: 'Ann' } },
      ],
    },
    {
      given: { object: { items: ['a', 'b', 'c'] }, with: { items: ['a', 'x', 'b', 'c'] } },
      gives: [{ op: 'add', path: '/items/1', value: 'x' }],
    },
    {
      given: { object: [1, 2, 3, 4], with: [1, 4] },
      gives: [
        { op: 'remove', path: '/2' },
        { op: 'remove', path: '/1' },
      ],
    },
    { given: { object: { 'a/b': 1 }, with: { 'a/b': 2 } }, gives: [{ op: 'replace', path: '/a~1b', value: 2 }] },
    { given: { object: { a: 1, b: 2 }, with: { b: 2, a: 1 } }, gives: [] },
    { given: { object: { a: 1 } }, fails: 'input-invalid', note: 'There is nothing to compare with.' },
  ],
  run: ({ object, with: other }) => {
    const { compare, operations } = openComparison();
    compare(object, other, '', 0);
    return operations;
  },
});
