import { ActionFailure, any, defineAction, isPlainObject, string } from '../../kit/index.ts';
import { decodeJson } from '../../support/json.ts';
import { toText } from '../../support/text.ts';

const deepest = 1000;

const refuse = (problem: string): never => {
  throw new ActionFailure('input-invalid', problem);
};

// The productions Name and Char of XML 1.0, fifth edition.
const nameStart =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}\\u{2070}-\\u{218F}' +
  '\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const validName = new RegExp(`^[${nameStart}][${nameStart}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}]*$`, 'u');
const invalidCharacter = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

// A carriage return would be read back as a line feed.
const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#13;' };

const escapeText = (text: string): string => {
  const invalid = invalidCharacter.exec(text)?.[0].codePointAt(0);
  if (invalid !== undefined)
    refuse(
      `\`json\` holds the character U+${invalid.toString(16).toUpperCase().padStart(4, '0')}, which XML 1.0 cannot; remove it first`,
    );
  return text.replace(/[&<>\r]/g, (character) => escapes[character] as string);
};

const element = (name: string, value: unknown, depth: number): string => {
  if (!validName.test(name)) {
    refuse(
      `${name.length > 40 ? `A name of ${name.length} characters` : JSON.stringify(name)} is no XML name; it must begin with a letter or "_" and go on with letters, digits, "-", "_" and "."`,
    );
  }
  const content = contentOf(value, depth);
  return content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`;
};

const contentOf = (value: unknown, depth: number): string => {
  if (depth > deepest) refuse(`\`json\` is nested deeper than ${deepest} levels, which is the most that is written`);
  if (Array.isArray(value)) return value.map((item) => element('item', item, depth + 1)).join('');
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (!isPlainObject(value)) return escapeText(toText(value, '`json`'));
  return Object.entries(value)
    .map(([key, member]) =>
      Array.isArray(member)
        ? member.map((item) => element(key, item, depth + 1)).join('')
        : element(key, member, depth + 1),
    )
    .join('');
};

export default defineAction({
  id: 'data/json/to-xml',
  title: 'JSON to XML',
  summary: 'Writes JSON as XML below a wrapper tag.',
  documentation: `
Takes JSON text, or a value as it is. Keys become tags in their order, an array under a key becomes one tag per item, and the items of
an array without a key (at the top or inside another array) become \`item\` tags. Null, empty texts and empty objects give
empty tags; an empty array under a key gives none. Text is escaped; there are no attributes, no indentation and no XML declaration. A key
that is no XML name, and a character that XML 1.0 cannot hold, fail.`,
  fields: {
    json: any({ label: 'JSON', help: 'JSON text or a value.' }),
    wrapper: string({ label: 'Wrapper', help: 'Name of the outer tag.' }),
  },
  output: { type: 'string' },
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
    { given: { json: '{broken', wrapper: 'value' }, fails: 'input-invalid' },
  ],
  run: ({ json, wrapper }) => element(wrapper, typeof json === 'string' ? decodeJson(json, '`json`') : json, 0),
});
