import { bytes, defineAction } from '../../kit/index.ts';
import { decodeJson } from '../../support/json.ts';
import { readText } from '../../support/utf8.ts';
import { withoutTags } from './tags.ts';

export default defineAction({
  id: 'data/execution/decode',
  title: 'Decode execution data',
  summary: 'Reads JSON text that data/execution/encode wrote.',
  documentation: `
Ordinary JSON gives what data/json/decode gives. Besides, an object whose only key is \`$bytes\` becomes binary data, one
with \`$date\` a date, and one with \`$plain\` the object that is in it. A tag whose value is of the wrong kind fails. Text
of up to 10,000,000 characters and 1,000 levels is read.`,
  fields: { json: bytes({ label: 'JSON', help: 'A text, or its UTF-8 bytes.' }) },
  output: {},
  failures: { 'data-invalid': 'The text is no JSON, or has a tag that is not right.' },
  examples: [
    { given: { json: '{"age":22,"name":"Eric"}' }, gives: { age: 22, name: 'Eric' } },
    {
      given: { json: '{"at":{"$date":"1970-01-01T00:00:00.000Z"},"file":{"$bytes":"aGk="}}' },
      gives: { at: new Date(0), file: new Uint8Array([104, 105]) },
    },
    { given: { json: '{"$plain":{"$date":"today"}}' }, gives: { $date: 'today' } },
    { given: { json: '{"$date":"today"}' }, fails: 'data-invalid', note: 'That is no date.' },
    { given: { json: '{"age":' }, fails: 'data-invalid' },
    { given: { json: { age: 22 } }, fails: 'input-invalid' },
  ],
  run: ({ json }) => withoutTags(decodeJson(readText(json, 'json'), '`json`', 'data-invalid')),
});
