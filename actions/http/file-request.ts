import { defineAction, optional, string } from '../kit/index.ts';
import { filePath } from '../support/file-path.ts';
import { answerSchema } from '../support/http/send.ts';
import { formFailures, formFields, sendForm } from './form.ts';
import { buildMultipart } from './multipart.ts';

export default defineAction({
  id: 'http/file-request',
  title: 'HTTP file upload',
  summary: 'Sends one file as a form does and gives the answer.',
  keywords: ['attachment', 'post'],
  documentation: `
The body is multipart/form-data with one part, \`keyname\`, whose content is the file at \`filepath\` below files/, of
100 MB at most. \`filename\` is the name that the receiver is told, that of the file if left out. For more parts, or
another content type than application/octet-stream, there is http/multipart-request; to send a file as the whole body,
read it with file/read as binary data and give that to http/request. \`path\` is added to the end of \`url\`;
placeholders in both are filled from \`url-variables\`. \`type\` is the method: post, put or patch. The answer, the
handlers, \`retry\`, \`redirects\`, \`proxy\`, \`cookies\` and \`tls\` are those of http/request.`,
  fields: {
    ...formFields,
    filepath: filePath({ label: 'File' }),
    keyname: optional(string({ label: 'Name of the part' }), 'file'),
    filename: optional(string({ label: 'File name', help: 'What the receiver is told.' })),
  },
  output: answerSchema,
  failures: { ...formFailures, 'too-large': 'The file has more than 100 MB, or the answer has more than `max-bytes`.' },
  examples: [
    {
      given: { url: 'http://api.example', path: 'upload', filepath: 'greeting.txt', keyname: 'note' },
      gives: {
        status: 200,
        headers: { 'content-type': 'application/json', 'content-length': '94' },
        body: [{ name: 'note', filename: 'greeting.txt', type: 'application/octet-stream', text: 'Hello\n' }],
      },
      note: 'The server of this example answers with the parts that it got.',
    },
    {
      given: { url: 'http://api.example/upload', filepath: 'greeting.txt', filename: 'a "b".txt' },
      gives: {
        status: 200,
        headers: { 'content-type': 'application/json', 'content-length': '93' },
        body: [{ name: 'file', filename: 'a "b".txt', type: 'application/octet-stream', text: 'Hello\n' }],
      },
    },
    { given: { url: 'http://api.example/upload', filepath: 'none.txt' }, fails: 'file-failed' },
    { given: { url: 'http://api.example/upload', filepath: '../none.txt' }, fails: 'file-access' },
    {
      given: { url: 'http://api.example/missing', filepath: 'greeting.txt', stopOnErrorCode: true },
      fails: 'request-status',
    },
    { given: { url: 'http://closed.example/', filepath: 'greeting.txt' }, fails: 'request-failed' },
    { given: { url: 'http://169.254.169.254/', filepath: 'greeting.txt' }, fails: 'request-forbidden' },
    { given: { url: 'http://api.example/silent', filepath: 'greeting.txt', timeout: 50 }, fails: 'timeout' },
    { given: { url: 'http://api.example/page', filepath: 'greeting.txt', 'max-bytes': 12 }, fails: 'too-large' },
    {
      given: { url: 'http://api.example/page', filepath: 'greeting.txt', 'decode-body': true },
      fails: 'response-invalid',
    },
    { given: { url: '/upload', filepath: 'greeting.txt' }, fails: 'input-invalid' },
  ],
  run: (input, context) => {
    const { filepath, keyname, filename } = input;
    const part = { name: keyname, file: filepath, ...(filename !== undefined && { filename }) };
    return sendForm(input, () => buildMultipart([part], context), context);
  },
});
