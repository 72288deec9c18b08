import { defineAction, object } from '../kit/index.ts';
import { checkSize } from '../support/bounds.ts';
import { answerFailures, answerSchema } from '../support/http/send.ts';
import { encodePairs } from '../support/http/url.ts';
import { formFields, sendForm } from './form.ts';

export default defineAction({
  id: 'http/form-request',
  title: 'HTTP form',
  summary: 'Sends form fields as a browser does and gives the answer.',
  keywords: ['post', 'urlencoded'],
  documentation: `
The fields go as application/x-www-form-urlencoded, whatever content type \`header\` names. An array repeats its field,
null is left out, and a space is written as %20, which every server reads. \`path\` is added to the end of \`url\`;
placeholders in both are filled from \`url-variables\`. \`type\` is the method: post, put or patch. The answer, the
handlers, \`retry\`, \`redirects\`, \`proxy\`, \`cookies\` and \`tls\` are those of http/request.`,
  fields: { ...formFields, form: object({ label: 'Form', help: 'Values by name.' }) },
  output: answerSchema,
  failures: answerFailures,
  examples: [
    {
      given: { url: 'http://api.example', path: '/orders', type: 'post', form: { title: 'Red & tall', tag: [1, 2] } },
      gives: {
        status: 201,
        headers: { 'content-type': 'text/plain', 'content-length': '81' },
        body: 'POST /orders application/x-www-form-urlencoded title=Red%20%26%20tall&tag=1&tag=2',
      },
      note: 'The server of this example answers with what it got.',
    },
    {
      given: {
        url: 'http://api.example/orders/{id}',
        'url-variables': { id: 8 },
        type: 'put',
        form: { title: null },
      },
      gives: {
        status: 201,
        headers: { 'content-type': 'text/plain', 'content-length': '48' },
        body: 'PUT /orders/8 application/x-www-form-urlencoded ',
      },
    },
    { given: { url: 'http://api.example/missing', form: {}, stopOnErrorCode: true }, fails: 'request-status' },
    { given: { url: 'http://closed.example/', form: {} }, fails: 'request-failed' },
    { given: { url: 'http://169.254.169.254/', form: {} }, fails: 'request-forbidden' },
    { given: { url: 'http://api.example/silent', form: {}, timeout: 50 }, fails: 'timeout' },
    { given: { url: 'http://api.example/page', form: {}, 'max-bytes': 12 }, fails: 'too-large' },
    { given: { url: 'http://api.example/page', form: {}, 'decode-body': true }, fails: 'response-invalid' },
    { given: { url: 'http://api.example/page', form: {}, 'save-to': '../page.html' }, fails: 'file-access' },
    { given: { url: 'http://api.example/page', form: {}, 'save-to': 'reports' }, fails: 'file-failed' },
    { given: { url: 'http://api.example/orders', form: { a: { b: 1 } } }, fails: 'input-invalid' },
  ],
  run: (input, context) =>
    sendForm(
      input,
      () => {
        const body = encodePairs(input.form, 'form');
        checkSize(body.length, 'form');
        return { type: 'application/x-www-form-urlencoded', body };
      },
      context,
    ),
});
