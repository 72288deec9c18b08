import { defineAction } from '../kit/index.ts';
import { answerSchema } from '../support/http/send.ts';
import { formFailures, formFields, sendForm } from './form.ts';
import { buildMultipart, partsField } from './multipart.ts';

export default defineAction({
  id: 'http/multipart-request',
  title: 'HTTP multipart form',
  summary: 'Sends form fields and files in one request and gives the answer.',
  keywords: ['attachment', 'post', 'upload'],
  documentation: `
The body is multipart/form-data (RFC 7578), whatever content type \`header\` names. A part has a \`name\` and either a
\`value\` or a \`file\`, a path below files/. Text, numbers, true and false become a field, binary data and files a file
with a \`filename\` (that of the file, or the part's name) and the content type application/octet-stream, anything else
JSON; \`content-type\` and \`filename\` say otherwise. A part with neither value nor file is left out. Quotes and line
breaks in names are written as %22, %0D and %0A, as browsers do. There may be 1,000 parts, of 100 MB together. \`path\` is
added to the end of \`url\`; placeholders in both are filled from \`url-variables\`. \`type\` is the method: post, put or
patch. The answer, the handlers, \`retry\`, \`redirects\`, \`proxy\`, \`cookies\` and \`tls\` are those of http/request.`,
  fields: { ...formFields, multipart: partsField },
  output: answerSchema,
  failures: {
    ...formFailures,
    'too-large': 'There are more than 1,000 parts or 100 MB of them, or the answer has more than `max-bytes`.',
  },
  examples: [
    {
      given: {
        url: 'http://api.example/upload',
        multipart: [
          { name: 'title', value: 'Report' },
          { name: 'report', file: 'reports/a.csv', 'content-type': 'text/csv' },
          { name: 'options', value: { draft: true } },
          { name: 'none', value: null },
        ],
      },
      gives: {
        status: 200,
        headers: { 'content-type': 'application/json', 'content-length': '151' },
        body: [
          { name: 'title', value: 'Report' },
          { name: 'report', filename: 'a.csv', type: 'text/csv', text: '1,2\n' },
          { name: 'options', value: '{"draft":true}' },
        ],
      },
      note: 'The server of this example answers with the parts that it got.',
    },
    { given: { url: 'http://api.example/upload', multipart: [{ name: 'a', file: 'none.txt' }] }, fails: 'file-failed' },
    { given: { url: 'http://api.example/upload', multipart: [{ name: 'a', file: '../a' }] }, fails: 'file-access' },
    { given: { url: 'http://api.example/missing', multipart: [], stopOnErrorCode: true }, fails: 'request-status' },
    { given: { url: 'http://closed.example/', multipart: [] }, fails: 'request-failed' },
    { given: { url: 'http://169.254.169.254/', multipart: [] }, fails: 'request-forbidden' },
    { given: { url: 'http://api.example/silent', multipart: [], timeout: 50 }, fails: 'timeout' },
    { given: { url: 'http://api.example/page', multipart: [], 'max-bytes': 12 }, fails: 'too-large' },
    { given: { url: 'http://api.example/page', multipart: [], 'decode-body': true }, fails: 'response-invalid' },
    {
      given: { url: 'http://api.example/upload', multipart: [{ name: 'a', value: 1, file: 'greeting.txt' }] },
      fails: 'input-invalid',
    },
  ],
  run: (input, context) => sendForm(input, () => buildMultipart(input.multipart, context), context),
});
