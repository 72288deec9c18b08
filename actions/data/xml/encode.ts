import { ActionFailure, boolean, defineAction, object, optional } from '../../kit/index.ts';
import { writeXml } from './write.ts';

export default defineAction({
  id: 'data/xml/encode',
  title: 'Encode XML',
  summary: 'Writes an object as XML text.',
  keywords: ['serialize', 'stringify'],
  documentation: `
The object has one key, the name of the outer element, and is made as data/xml/decode gives it. An object with no other keys
than \`attribute\` and \`value\` is an element; the value may be a text, a number, true, false, null, a date, binary data
(as base64), or an object with the elements inside. An array stands for several elements of one name, and \`#text\` for text
beside elements. Elements that have no attributes may also be given as their value alone.

Keys keep their order. An element without content is written \`<name/>\`. Characters that mean something in XML are escaped;
a name that is no XML name, and a character that XML 1.0 cannot hold, fail. At most 200,000 elements, 10,000,000 characters
and 1,000 levels are written.`,
  fields: {
    data: object({ label: 'Data', help: 'An object with one key, the name of the outer element.' }),
    declaration: optional(
      boolean({ label: 'Declaration', help: 'Begins with <?xml version="1.0" encoding="UTF-8"?>.' }),
      false,
    ),
  },
  output: { type: 'string' },
  examples: [
    {
      given: {
        data: {
          root: {
            attribute: { type: 'example' },
            value: {
              simple: { attribute: {}, value: '1' },
              array: [
                { attribute: {}, value: '2' },
                { attribute: {}, value: '3' },
              ],
              object: { attribute: {}, value: { key: { attribute: {}, value: '4' } } },
            },
          },
        },
      },
      gives:
        '<root type="example"><simple>1</simple><array>2</array><array>3</array><object><key>4</key></object></root>',
    },
    {
      given: { data: { order: { id: 7, note: null, item: ['a & b', { attribute: { unit: '"' }, value: 2 }] } } },
      gives: '<order><id>7</id><note/><item>a &amp; b</item><item unit="&quot;">2</item></order>',
    },
    {
      given: { data: { a: '' }, declaration: true },
      gives: '<?xml version="1.0" encoding="UTF-8"?>\n<a/>',
    },
    { given: { data: { a: 1, b: 2 } }, fails: 'input-invalid', note: 'XML has one outer element.' },
    { given: { data: { 'not a name': 1 } }, fails: 'input-invalid' },
    { given: { data: { a: [1, 2] } }, fails: 'input-invalid' },
  ],
  run: ({ data, declaration }) => {
    const entries = Object.entries(data);
    const [[name, value] = []] = entries;
    if (entries.length !== 1 || name === undefined || Array.isArray(value)) {
      throw new ActionFailure(
        'input-invalid',
        entries.length === 1
          ? '`data` must have one outer element, found an array; put it under a key of an object'
          : `\`data\` must have one key, the name of the outer element, found ${entries.length}`,
      );
    }
    const text = writeXml(name, value, 'data', true);
    return declaration ? `<?xml version="1.0" encoding="UTF-8"?>\n${text}` : text;
  },
});
