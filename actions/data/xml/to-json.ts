import { boolean, bytes, defineAction, optional } from '../../kit/index.ts';
import { encodeJson } from '../../support/json.ts';
import { readText } from '../../support/utf8.ts';
import { parseXml } from './parse.ts';
import { shapeDocument } from './shape.ts';

export default defineAction({
  id: 'data/xml/to-json',
  title: 'XML to JSON',
  summary: 'Writes XML as JSON text, without its attributes.',
  documentation: `
The JSON is that of data/xml/decode with \`attributes\` false: elements by name, those that share a name as an array, all
text as text, an empty element as an empty text, and text beside elements under \`#text\`. Keys are sorted, and there is no
white space. Attributes are lost. The text is read as data/xml/decode reads it, with the same bounds. data/json/to-xml goes
the other way.`,
  fields: {
    xml: bytes({ label: 'XML', help: 'A text, or its UTF-8 bytes.' }),
    trim: optional(boolean({ label: 'Trim', help: 'Whether white space around text is removed.' }), true),
  },
  output: { type: 'string' },
  failures: { 'data-invalid': 'The text is no well-formed XML, declares entities, or is too large.' },
  examples: [
    {
      given: { xml: '<person id="7"><name>Alice</name><age>30</age></person>' },
      gives: '{"person":{"age":"30","name":"Alice"}}',
    },
    { given: { xml: '<list><item>1</item><item/></list>' }, gives: '{"list":{"item":["1",""]}}' },
    { given: { xml: '<note> 1 &lt; 2 </note>' }, gives: '{"note":"1 < 2"}' },
    { given: { xml: '<a>' }, fails: 'data-invalid', note: 'The tag is not closed.' },
    { given: { xml: null }, fails: 'input-invalid' },
  ],
  run: ({ xml, trim }) =>
    encodeJson(shapeDocument(parseXml(readText(xml, 'xml')), { attributes: false, trim }), '`xml`', true),
});
