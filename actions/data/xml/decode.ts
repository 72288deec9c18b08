import { boolean, bytes, defineAction, optional } from '../../kit/index.ts';
import { readText } from '../../support/utf8.ts';
import { parseXml } from './parse.ts';
import { shapeDocument } from './shape.ts';

export default defineAction({
  id: 'data/xml/decode',
  title: 'Decode XML',
  summary: 'Reads XML text.',
  keywords: ['parse'],
  documentation: `
Each element becomes \`{attribute, value}\` under its name: the value is its text, or its elements by name, and elements
that share a name become an array. All text stays text, an empty element is an empty text, and text beside elements comes
together under \`#text\`. With \`attributes\` false an element is its value alone. \`trim\` removes white space around text.

The text must be well-formed XML 1.0. Names keep their namespace prefixes; comments and instructions are left out, CDATA is
text. A document type is passed over, and fails when it declares something: no entities are known but
\`&lt; &gt; &amp; &quot; &apos;\` and those with a number, and nothing is ever loaded. At most 10,000,000 characters,
1,000,000 tags and attributes and 1,000 levels are read.`,
  fields: {
    xml: bytes({ label: 'XML', help: 'A text, or its UTF-8 bytes.' }),
    attributes: optional(
      boolean({ label: 'Attributes', help: 'Whether elements come as {attribute, value}, or as their value alone.' }),
      true,
    ),
    trim: optional(boolean({ label: 'Trim', help: 'Whether white space around text is removed.' }), true),
  },
  output: { type: 'object' },
  failures: { 'data-invalid': 'The text is no well-formed XML, declares entities, or is too large.' },
  examples: [
    {
      given: { xml: '<person><name>Alice</name><age>30</age></person>' },
      gives: {
        person: {
          attribute: {},
          value: { name: { attribute: {}, value: 'Alice' }, age: { attribute: {}, value: '30' } },
        },
      },
    },
    {
      given: {
        xml: '<root type="example"><simple>1</simple><array>2</array><array>3</array><object><key>4</key></object></root>',
      },
      gives: {
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
    {
      given: { xml: '<?xml version="1.0"?>\n<p>R&amp;D <b>is</b> <![CDATA[<fun>]]><br/></p>', attributes: false },
      gives: { p: { b: 'is', br: '', '#text': 'R&D  <fun>' } },
    },
    { given: { xml: '<a> x </a>', attributes: false, trim: false }, gives: { a: ' x ' } },
    { given: { xml: '<a><b></a></b>' }, fails: 'data-invalid' },
    {
      given: { xml: '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>' },
      fails: 'data-invalid',
      note: 'Entities cannot be declared.',
    },
    { given: { xml: { a: 1 } }, fails: 'input-invalid' },
  ],
  run: ({ xml, attributes, trim }) => shapeDocument(parseXml(readText(xml, 'xml')), { attributes, trim }),
});
