import { any, defineAction, string } from '../../kit/index.ts';
import { decodeJson } from '../../support/json.ts';
import { writeXml } from '../xml/write.ts';

export default defineAction({
  id: 'data/json/to-xml',
  title: 'JSON to XML',
  summary: 'Writes JSON as XML below a wrapper tag.',
  documentation: `
Takes JSON text, or a value as it is. Keys become tags in their order, an array under a key becomes one tag per item, and
the items of an array without a key (at the top or inside another array) become \`item\` tags. Null, empty texts and empty
objects give empty tags; an empty array under a key gives none. Text is escaped; there are no attributes, no indentation and
no XML declaration. A key that is no XML name, and a character that XML 1.0 cannot hold, fail.`,
  fields: {
    json: any({ label: 'JSON', help: 'JSON text or a value.' }),
    wrapper: string({ label: 'Wrapper', help: 'Name of the outer tag.' }),
  },
  output: { type: 'string' },
  failures: { 'data-invalid': 'The text is no JSON.' },
  examples: [
    {
      given: { json: { a: [1, 2], b: 3, c: { d: 4 } }, wrapper: 'value' },
      gives: '<value><a>1</a><a>2</a><b>3</b><c><d>4</d></c></value>',
    },
    {
      given: { json: '{"note": "1 < 2 & 3"}', wrapper: 'order' },
      gives: '<order><note>1 &lt; 2 &amp; 3</note></order>',
    },
    {
      given: { json: [1, null, [2]], wrapper: 'list' },
      gives: '<list><item>1</item><item/><item><item>2</item></item></list>',
    },
    { given: { json: { 'not a name': 1 }, wrapper: 'value' }, fails: 'input-invalid' },
    { given: { json: '{broken', wrapper: 'value' }, fails: 'data-invalid' },
    { given: { json: [], wrapper: 7 }, fails: 'input-invalid' },
  ],
  run: ({ json, wrapper }) =>
    writeXml(wrapper, typeof json === 'string' ? decodeJson(json, '`json`', 'data-invalid') : json, 'json', false),
});
