import {
  ActionFailure,
  array,
  boolean,
  defineAction,
  describeValue,
  either,
  isPlainObject,
  object,
  oneOf,
  optional,
} from '../kit/index.ts';
import { checkDepth } from '../support/bounds.ts';
import { nameIn, styles } from './naming.ts';

type Rename = (key: string) => string;

const renameKeys = (value: object, rename: Rename, deep: boolean): unknown => {
  // Parts that are shared are renamed once and stay shared.
  const renamed = new Map<object, unknown>();
  const walk = (part: unknown, depth: number): unknown => {
    if (!Array.isArray(part) && !isPlainObject(part)) return part;
    const done = renamed.get(part);
    if (done !== undefined) return done;
    checkDepth(depth, 'object');
    const inner = (member: unknown): unknown => (deep ? walk(member, depth + 1) : member);
    const result = Array.isArray(part) ? part.map((item) => walk(item, depth + 1)) : objectOf(part, rename, inner);
    renamed.set(part, result);
    return result;
  };
  return walk(value, 0);
};

const objectOf = (given: object, rename: Rename, inner: (member: unknown) => unknown): object => {
  const members = new Map<string, unknown>();
  for (const [key, value] of Object.entries(given)) {
    const name = rename(key);
    if (members.has(name)) {
      throw new ActionFailure(
        'key-conflict',
        `Two keys of an object in \`object\` would both be ${describeValue(name)}; give one of them another name in \`names\``,
      );
    }
    members.set(name, inner(value));
  }
  return Object.fromEntries(members);
};

export default defineAction({
  id: 'object/rename',
  title: 'Rename',
  summary: 'Renames the keys of objects by a table, by a style of writing, or both.',
  documentation: `
A key that \`names\` has gets that name; any other is written in the \`style\`, if there is one: \`orderLines\` in snake case
is \`order_lines\`. Words begin at capitals and after spaces, points, hyphens and underscores; \`HTTPServer\` has two. Signs
before the first letter stay, as in \`_id\`. With \`deep\` the objects inside of objects are renamed as well. In an array each
object is renamed. Unlike \`object/map-key\`, two keys that come to have one name fail rather than lose a value.`,
  fields: {
    object: either(object(), array(), { label: 'Object', help: 'Or an array of objects.' }),
    names: optional(object({ label: 'Names', help: 'New name by old name.' }), {}),
    style: optional(oneOf(styles, { label: 'Style', help: 'How all other keys are written.' })),
    deep: optional(boolean({ label: 'Deep', help: 'Also inside of objects.' }), false),
  },
  output: { type: ['object', 'array'] },
  failures: { 'key-conflict': 'Two keys of one object would have the same name.' },
  examples: [
    {
      given: { object: { first_name: 'Ann', zip_code: 1 }, names: { zip_code: 'zip' }, style: 'camel-case' },
      gives: { firstName: 'Ann', zip: 1 },
    },
    {
      given: { object: { orderID: 7, lines: [{ unitPrice: 5 }] }, style: 'snake-case', deep: true },
      gives: { order_id: 7, lines: [{ unit_price: 5 }] },
    },
    {
      given: { object: [{ _id: 1 }, { '@type': 'x' }], style: 'constant-case' },
      gives: [{ _ID: 1 }, { '@TYPE': 'x' }],
    },
    { given: { object: { a: { a: 1 } }, names: { a: 'b' } }, gives: { b: { a: 1 } } },
    { given: { object: { a: 1, b: 2 }, names: { a: 'b' } }, fails: 'key-conflict' },
    { given: { object: { a: 1 }, names: { a: 2 } }, fails: 'input-invalid' },
  ],
  run: ({ object, names, style, deep }) => {
    for (const name of Object.values(names)) {
      if (typeof name === 'string') continue;
      throw new ActionFailure(
        'input-invalid',
        `Every new name in \`names\` must be a text, found ${describeValue(name)}`,
      );
    }
    const rename: Rename = (key) => {
      if (Object.hasOwn(names, key)) return names[key] as string;
      return style === undefined ? key : nameIn(style, key);
    };
    return renameKeys(object, rename, deep);
  },
});
