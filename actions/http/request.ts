import {
  ActionFailure,
  any,
  boolean,
  defineAction,
  integer,
  lazy,
  object,
  oneOf,
  optional,
  string,
} from '../kit/index.ts';
import { answerFailure, caughtError } from '../support/failure.ts';
import { type Answer, buildBody, buildHeaders, isSuccess, readAnswer } from './content.ts';
import { buildUrl } from './url.ts';

const methods = ['get', 'delete', 'post', 'put', 'head', 'options', 'patch'] as const;
const method = oneOf(methods, { label: 'Method' });

export default defineAction({
  id: 'http/request',
  title: 'HTTP request',
  summary: 'Sends an HTTP request and gives the answer.',
  documentation: `
The answer is \`{status, headers, body}\` with lower-case header names, whatever the status is.

**Sent.** \`{name}\` in the URL is replaced by the variable of that name, percent-encoded; a missing one fails. In \`query\`, an array
repeats its key and null is left out. A text or binary \`body\` goes as it is. Anything else goes as JSON with the content type
application/json unless a header names another, or as form fields where the header says application/x-www-form-urlencoded.
Null is no body. The method is written in either case. \`timeout\` is in milliseconds and ends with the last byte of the answer.

**Received.** With \`decode-body\` the body is read as JSON, and a 2xx answer that is none fails with \`response-invalid\`. Left open, a body
whose content type is JSON is decoded, and stays text when it is broken. An empty JSON body is null. Otherwise text, JSON, XML, form and
JavaScript content types give a text in the charset named (UTF-8 by default), and all others binary data.

**Failures.** When no answer comes, \`onError\` runs with the scope \`error\` (\`name, message, code, type\`; \`type\` is the same as \`code\`) and its result
replaces the action's. \`stopOnError\` raises the failure after it. When the status is not 2xx, \`onErrorCode\` runs with the scopes \`response\` and
\`error\` (the answer's fields as well), and \`stopOnErrorCode\` raises \`request-status\` after it. Without handler and flag, such an answer is a
result like any other.`,
  fields: {
    url: string({ label: 'URL', help: 'Absolute; {name} stands for a variable.' }),
    variables: optional(object({ label: 'Variables', help: 'Values by placeholder name.' }), {}),
    body: optional(any({ label: 'Body' })),
    method: {
      ...method,
      // The method of an incoming request, often passed on, is written in capitals.
      check: (value) => method.check(typeof value === 'string' ? value.toLowerCase() : value),
    } as typeof method,
    header: optional(object({ label: 'Headers', help: 'Values by name.' }), {}),
    query: optional(object({ label: 'Query', help: 'Values by name.' }), {}),
    'decode-body': optional(boolean({ label: 'Decode body', help: 'Left open, the content type decides.' })),
    timeout: optional(integer({ label: 'Timeout', help: 'Milliseconds.', minimum: 1, maximum: 2 ** 31 - 1 })),
    onError: optional(lazy({ label: 'On error', help: 'Steps for when no answer comes.' })),
    stopOnError: optional(boolean({ label: 'Stop on error' }), false),
    onErrorCode: optional(lazy({ label: 'On error code', help: 'Steps for a status that is not 2xx.' })),
    stopOnErrorCode: optional(boolean({ label: 'Stop on error code' }), false),
  },
  output: {
    type: 'object',
    properties: { status: { type: 'integer' }, headers: { type: 'object' }, body: {} },
    required: ['status', 'headers', 'body'],
  },
  examples: [
    {
      given: { url: 'http://api.example/orders/{id}', method: 'get', variables: { id: 7 } },
      gives: {
        status: 200,
        headers: { 'content-type': 'application/json', 'content-length': '26' },
        body: { id: 7, title: 'Flowers' },
      },
    },
    {
      given: {
        url: 'http://api.example/orders',
        method: 'post',
        body: { title: 'Flowers' },
        query: { tag: ['red', 'tall'], page: null },
      },
      gives: {
        status: 201,
        headers: { 'content-type': 'text/plain', 'content-length': '66' },
        body: 'POST /orders?tag=red&tag=tall application/json {"title":"Flowers"}',
      },
      note: 'The server of this example answers with what it got.',
    },
    {
      given: { url: 'http://api.example/missing', method: 'get' },
      gives: {
        status: 404,
        headers: { 'content-type': 'text/html', 'content-length': '16' },
        body: '<h1>Missing</h1>',
      },
    },
    { given: { url: 'http://api.example/missing', method: 'get', onErrorCode: 'none' }, gives: 'none' },
    { given: { url: 'http://api.example/missing', method: 'get', stopOnErrorCode: true }, fails: 'request-status' },
    { given: { url: 'http://closed.example/', method: 'get' }, fails: 'request-failed' },
    { given: { url: 'http://closed.example/', method: 'get', onError: [] }, gives: [] },
    { given: { url: 'http://api.example/silent', method: 'get', timeout: 50 }, fails: 'timeout' },
    { given: { url: 'http://api.example/page', method: 'get', 'decode-body': true }, fails: 'response-invalid' },
    {
      given: { url: 'http://api.example/orders/{id}', method: 'get' },
      fails: 'input-invalid',
      note: 'The variable `id` is missing.',
    },
  ],
  run: async (input, context) => {
    const headers = buildHeaders(input.header);
    const request = {
      method: input.method.toUpperCase(),
      url: buildUrl(input.url, input.variables, input.query),
      headers,
      body: buildBody(input.body, headers),
      timeoutMs: input.timeout,
      signal: context.signal,
    };
    let answer: Answer;
    try {
      answer = readAnswer(await context.host.request(request), input['decode-body']);
    } catch (thrown) {
      if (request.signal.aborted) throw thrown;
      return answerFailure(thrown, input.onError, input.stopOnError);
    }
    if (isSuccess(answer.status) || !(input.onErrorCode || input.stopOnErrorCode)) return answer;

    const { status } = answer;
    const failure = new ActionFailure('request-status', `The answer has the status ${status}, which is not 2xx.`, {
      status,
    });
    const error = { ...caughtError(failure), type: failure.code, ...answer };
    const result = await input.onErrorCode?.({ response: answer, error });
    if (input.stopOnErrorCode) throw failure;
    return result;
  },
});
