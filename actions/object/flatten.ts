import { ActionFailure, boolean, defineAction, isPlainObject, object, optional, string } from '../kit/index.ts';
import { checkDepth, checkTotal } from '../support/bounds.ts';

export default defineAction({
  id: 'object/flatten',
  title: 'Flatten',
  summary: 'Makes one flat object of an object with objects and arrays inside.',
  documentation: `
The keys on the way to a value are joined by the separator; indexes of arrays are keys too, unless \`arrays\` is off and they
stay whole. Empty objects and arrays stay as values, so that \`object/unflatten\` gives back what there was. It cannot when
keys have the separator in them: choose another one then. Two values that come to have the same key fail. Up to 1,000 levels
and 1,000,000 members.`,
  fields: {
    object: object({ label: 'Object' }),
    separator: optional(string({ label: 'Separator', help: 'Text between two keys.' }), '.'),
    arrays: optional(boolean({ label: 'Arrays too', help: 'Off, arrays stay as values.' }), true),
  },
  output: { type: 'object' },
  failures: { 'key-conflict': 'Two values would have the same key.' },
  examples: [
    {
      given: { object: { id: 7, at: { city: 'Ulm', geo: [48.4, 10] } } },
      gives: { id: 7, 'at.city': 'Ulm', 'at.geo.0': 48.4, 'at.geo.1': 10 },
    },
    { given: { object: { at: { geo: [48.4, 10] } }, separator: '/', arrays: false }, gives: { 'at/geo': [48.4, 10] } },
    { given: { object: { a: {}, b: { c: [] } } }, gives: { a: {}, 'b.c': [] } },
    { given: { object: { 'a.b': 1, a: { b: 2 } } }, fails: 'key-conflict' },
    { given: { object: [1] }, fails: 'input-invalid' },
  ],
  run: ({ object, separator, arrays }) => {
    const flat = new Map<string, unknown>();
    let characters = 0;
    let members = 0;
    const put = (value: unknown, key: string, depth: number): void => {
      checkDepth(depth, 'object');
      members += 1;
      checkTotal(members, 'object', 'members');
      const inside = isPlainObject(value) || (arrays && Array.isArray(value)) ? Object.entries(value) : [];
      if (inside.length > 0) {
        for (const [name, member] of inside) put(member, key + separator + name, depth + 1);
        return;
      }
      characters += key.length;
      checkTotal(characters, 'object', 'characters');
      if (flat.has(key)) {
        throw new ActionFailure(
          'key-conflict',
          'Two values in `object` would have the same key, because some keys have the separator in them; choose another `separator`',
        );
      }
      flat.set(key, value ?? null);
    };
    for (const [name, member] of Object.entries(object)) put(member, name, 0);
    return Object.fromEntries(flat);
  },
});
