import { defineAction, isPlainObject, object } from '../../kit/index.ts';
import { checkDepth, checkTotal } from '../../support/bounds.ts';
import { toText } from '../../support/text.ts';
import { checkWritten } from '../plain-data.ts';
import { encodeComponent } from '../uri/percent.ts';

export default defineAction({
  id: 'data/form/encode',
  title: 'Encode form',
  summary: 'Writes an object as the fields of a form, with nested names for what is inside of it.',
  keywords: ['urlencoded'],
  documentation: `
The form is application/x-www-form-urlencoded, with \`+\` for a space. A member of an object is \`a[b]\`; an array of plain
values repeats \`a[]\`, and one of objects and arrays is numbered from 0: \`a[0][b]\`. Null is an empty text, and empty
arrays and objects leave nothing. Keys keep their order; brackets are percent-encoded, as browsers do. data/form/decode
reads it back, with all values as texts. There can be 200,000 values and 10,000,000 characters.`,
  fields: { data: object({ label: 'Data' }) },
  output: { type: 'string' },
  examples: [
    {
      given: { data: { name: 'Ann B.', address: { city: 'Bonn' }, tag: ['red', 7] } },
      gives: 'name=Ann+B.&address%5Bcity%5D=Bonn&tag%5B%5D=red&tag%5B%5D=7',
    },
    { given: { data: { item: [{ id: 7 }, { id: null }] } }, gives: 'item%5B0%5D%5Bid%5D=7&item%5B1%5D%5Bid%5D=' },
    { given: { data: { none: [], on: true } }, gives: 'on=true' },
    { given: { data: ['a'] }, fails: 'input-invalid' },
  ],
  run: ({ data }) => {
    const pairs: string[] = [];
    let size = 0;
    let seen = 0;
    const encode = (text: string): string => encodeComponent(text, 'data').replaceAll('%20', '+');
    const add = (name: string, value: unknown, depth: number): void => {
      checkDepth(depth, 'data');
      // What is empty leaves nothing, and still takes time.
      seen += 1;
      checkWritten(seen, 'data');
      checkTotal(size + name.length, 'data', 'characters');
      if (Array.isArray(value)) {
        const plain = value.every((item) => !Array.isArray(item) && !isPlainObject(item));
        for (const [index, item] of value.entries()) add(plain ? `${name}[]` : `${name}[${index}]`, item, depth + 1);
      } else if (isPlainObject(value)) {
        for (const [key, member] of Object.entries(value)) add(`${name}[${key}]`, member, depth + 1);
      } else {
        const pair = `${encode(name)}=${encode(toText(value, 'A value in `data`'))}`;
        size += pair.length + 1;
        checkTotal(size, 'data', 'characters');
        pairs.push(pair);
      }
    };
    for (const [key, value] of Object.entries(data)) add(key, value, 0);
    return pairs.join('&');
  },
});
