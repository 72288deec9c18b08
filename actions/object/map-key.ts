import { ActionFailure, defineAction, describeValue, object } from '../kit/index.ts';

export default defineAction({
  id: 'object/map-key',
  title: 'Map key',
  summary: 'Renames keys of an object by a table of old and new names.',
  documentation: `
Keys that the table does not name stay, and names that the object does not have are ignored. A renamed key keeps its place.
All keys are renamed at once, so that two can swap their names. When two keys come to have the same name, the later one in the
object wins; \`object/rename\` fails there, and renames inside of objects too. A published example changes a value as well, which is an error of it: values are never touched.`,
  fields: {
    object: object({ label: 'Object' }),
    map: object({ label: 'Names', help: 'New name by old name.' }),
  },
  output: { type: 'object' },
  examples: [
    { given: { object: { first: 'Ann', id: 7 }, map: { first: 'name' } }, gives: { name: 'Ann', id: 7 } },
    { given: { object: { a: 1, b: 2 }, map: { a: 'b', b: 'a' } }, gives: { b: 1, a: 2 } },
    {
      given: { object: { a: 1, b: 2 }, map: { a: 'b' } },
      gives: { b: 2 },
      note: 'Both are called b; the later one wins.',
    },
    { given: { object: { a: 1 }, map: { x: 'y' } }, gives: { a: 1 } },
    { given: { object: { a: 1 }, map: { a: 2 } }, fails: 'input-invalid' },
  ],
  run: ({ object, map }) => {
    for (const [name, to] of Object.entries(map)) {
      if (typeof to !== 'string' && Object.hasOwn(object, name)) {
        throw new ActionFailure(
          'input-invalid',
          `Every new name in \`map\` must be a text, found ${describeValue(to)}`,
        );
      }
    }
    return Object.fromEntries(
      Object.entries(object).map(([key, value]) => [Object.hasOwn(map, key) ? (map[key] as string) : key, value]),
    );
  },
});
