import { any, defineAction } from '../../kit/index.ts';
import { encodeJson } from '../../support/json.ts';
import { withTags } from './tags.ts';

export default defineAction({
  id: 'data/execution/encode',
  title: 'Encode execution data',
  summary: 'Writes any value of a run as JSON text from which data/execution/decode makes the same value again.',
  documentation: `
What JSON can hold is plain JSON, with sorted keys and without white space, as data/json/encode writes it. Binary data
become \`{"$bytes": "<base64>"}\` and dates \`{"$date": "<RFC 3339>"}\`, where data/json/encode would write texts that
nothing tells from others. An object of the data whose only key is \`$bytes\`, \`$date\` or \`$plain\` is put inside
\`{"$plain": …}\`. What exists in memory only, such as a function, fails.`,
  fields: { data: any({ label: 'Data' }) },
  output: { type: 'string' },
  examples: [
    { given: { data: { name: 'Eric', age: 22 } }, gives: '{"age":22,"name":"Eric"}' },
    {
      given: { data: { file: new Uint8Array([104, 105]), at: new Date(0) } },
      gives: '{"at":{"$date":"1970-01-01T00:00:00.000Z"},"file":{"$bytes":"aGk="}}',
    },
    { given: { data: { $date: 'today' } }, gives: '{"$plain":{"$date":"today"}}' },
    { given: { data: null }, gives: 'null' },
    { given: { data: [Number.POSITIVE_INFINITY] }, fails: 'input-invalid' },
  ],
  run: ({ data }) => encodeJson(withTags(data), '`data`', true),
});
