import { ActionFailure, any, defineAction, optional, string } from '../../kit/index.ts';

const partsOf = (pointer: string): string[] => {
  if (pointer === '') return [];
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) {
    throw new ActionFailure(
      'input-invalid',
      '`pointer` must be empty or begin with "/", and have "~" only as ~0 (for ~) and ~1 (for /)',
    );
  }
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
};

const childOf = (value: unknown, part: string): unknown => {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return /^(?:0|[1-9]\d*)$/.test(part) ? value[Number(part)] : undefined;
  return Object.hasOwn(value, part) ? (value as Record<string, unknown>)[part] : undefined;
};

export default defineAction({
  id: 'data/json/get',
  title: 'Get by JSON Pointer',
  summary: 'Reads the value that a JSON Pointer leads to.',
  keywords: ['jq', 'jsonpath'],
  documentation: `
RFC 6901: keys and indexes, each after a \`/\`, with \`~1\` for a slash and \`~0\` for a tilde inside of a key; an empty
pointer leads to the whole. Indexes begin with 0 and have no sign. Where there is nothing, and where there is null, the
result is \`default\`, or null without one. The errors of data/validation name their places like this. object/get-in takes a
list of keys instead.`,
  fields: {
    data: any({ label: 'Data' }),
    pointer: string({ label: 'Pointer', help: 'For example /items/0/name.' }),
    default: optional(any({ label: 'Default', help: 'The result where there is nothing.' })),
  },
  output: {},
  examples: [
    { given: { data: { items: [{ name: 'Rose' }] }, pointer: '/items/0/name' }, gives: 'Rose' },
    { given: { data: { 'a/b': { '~': 1 } }, pointer: '/a~1b/~0' }, gives: 1 },
    { given: { data: [1, 2], pointer: '' }, gives: [1, 2] },
    { given: { data: { items: [] }, pointer: '/items/0/name', default: 'none' }, gives: 'none' },
    { given: { data: {}, pointer: '/constructor' }, gives: null },
    { given: { data: {}, pointer: 'items' }, fails: 'input-invalid' },
  ],
  run: ({ data, pointer, default: otherwise }) => {
    let value = data;
    for (const part of partsOf(pointer)) value = childOf(value, part);
    return value ?? otherwise ?? null;
  },
});
