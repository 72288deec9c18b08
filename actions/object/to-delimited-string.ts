// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${key} is what workflows write here.
import { defineAction, object, optional, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { toText } from '../support/text.ts';

const placeholder = /\$\{\s*(key|value)\s*\}/g;

/** Writes the key or the value of a pair, as it is or in a form; what is too long is refused before it is made. */
const openWriter = (form: string | undefined, plain: 'key' | 'value') => {
  if (form === undefined) return (key: string, value: string) => (plain === 'key' ? key : value);
  // Literal parts and names alternate.
  const parts = form.split(placeholder);
  return (key: string, value: string) => {
    const texts = parts.map((part, index) => (index % 2 === 0 ? part : part === 'key' ? key : value));
    let size = 0;
    for (const text of texts) size += text.length;
    checkTotal(size, `${plain}_interpolation`, 'characters');
    return texts.join('');
  };
};

export default defineAction({
  id: 'object/to-delimited-string',
  title: 'To delimited string',
  summary: 'Writes the keys and values of an object as one text.',
  documentation: `
The separator stands between a key and its value, the delimiter between two pairs, as in \`a=1,b=2\`. The two forms say how
keys and values are written: \`\${key}\` and \`\${value}\` in them are replaced, both in either form. Nothing is escaped: for
queries use \`data/uri/*\` or \`data/form/encode\`. Null is empty, numbers, true, false and dates become text, and an array or
an object as a value fails. The text may have 10,000,000 characters.`,
  fields: {
    object: object({ label: 'Object' }),
    separator: string({ label: 'Separator', help: 'Text between a key and its value.' }),
    delimiter: string({ label: 'Delimiter', help: 'Text between two pairs.' }),
    key_interpolation: optional(string({ label: 'Form of keys', help: 'How a key is written, such as "${key}".' })),
    value_interpolation: optional(
      string({ label: 'Form of values', help: "How a value is written, such as '${value}'." }),
    ),
  },
  output: { type: 'string' },
  examples: [
    { given: { object: { page: 2, sort: 'name' }, separator: '=', delimiter: '&' }, gives: 'page=2&sort=name' },
    {
      given: {
        object: { id: 7, name: 'Ann' },
        separator: ' = ',
        delimiter: ' AND ',
        key_interpolation: '`${key}`',
        value_interpolation: ':${key}',
      },
      gives: '`id` = :id AND `name` = :name',
      note: 'Placeholders for a query.',
    },
    { given: { object: { a: null, b: true }, separator: ':', delimiter: '\n' }, gives: 'a:\nb:true' },
    { given: { object: {}, separator: '=', delimiter: ',' }, gives: '' },
    { given: { object: { a: [1] }, separator: '=', delimiter: ',' }, fails: 'input-invalid' },
  ],
  run: ({ object, separator, delimiter, key_interpolation, value_interpolation }) => {
    const writeKey = openWriter(key_interpolation, 'key');
    const writeValue = openWriter(value_interpolation, 'value');
    const pairs: string[] = [];
    let size = 0;
    for (const key of Object.keys(object)) {
      const value = toText(object[key], 'Every value of `object`');
      const pair = writeKey(key, value) + separator + writeValue(key, value);
      size += pair.length + (pairs.length > 0 ? delimiter.length : 0);
      checkTotal(size, 'object', 'characters');
      pairs.push(pair);
    }
    return pairs.join(delimiter);
  },
});
