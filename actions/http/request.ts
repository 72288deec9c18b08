import { any, defineAction, optional, string } from '../kit/index.ts';
import { methodField } from '../support/http/method.ts';
import {
  answerFailures,
  answerFields,
  answerSchema,
  handlerFields,
  headerField,
  prepare,
  queryField,
  settle,
  travelFields,
  variablesField,
} from '../support/http/send.ts';
import { buildUrl } from '../support/http/url.ts';

export default defineAction({
  id: 'http/request',
  title: 'HTTP request',
  summary: 'Sends an HTTP request and gives the answer.',
  keywords: ['api call', 'curl', 'delete', 'fetch', 'get', 'patch', 'post', 'put', 'rest', 'webhook'],
  documentation: `
The answer is \`{status, headers, body}\` with lower-case header names, whatever the status is.

**Sent.** \`{name}\` in the URL is replaced by the variable of that name, percent-encoded; a missing one fails. In
\`query\`, an array repeats its key and null is left out. A text or binary \`body\` goes as it is. Anything else goes as
JSON with the content type application/json unless a header names another, or as form fields where the header says
application/x-www-form-urlencoded. Null is no body. The method is written in either case.

**Received.** With \`decode-body\` the body is read as JSON, and a 2xx answer that is none fails with
\`response-invalid\`. Left open, a body whose content type is JSON is decoded, and stays text when it is broken. An
empty JSON body is null. Otherwise text, JSON, XML, form and JavaScript content types give a text in the charset named
(UTF-8 by default), and all others binary data. gzip, deflate and br are undone, up to three over one another; with any
other content encoding the body stays as it came. A body may have 10 MB; \`max-bytes\` is another bound, up to 100 MB.
With \`save-to\` the body of a 2xx answer is not held in memory but streamed into that file (100 MB, or \`max-bytes\` up
to 1 GB), which replaces what was there only when all of it has come; the answer's body is then \`{file, bytes}\`.

**Failures.** When no answer comes, \`onError\` runs with the scope \`error\` (\`name, message, code, type\`; \`type\`
is the same as \`code\`) and its result replaces the action's. \`stopOnError\` raises the failure after it. When the
status is not 2xx, \`onErrorCode\` runs with the scopes \`response\` and \`error\` (the answer's fields as well), and
\`stopOnErrorCode\` raises \`request-status\` after it. Without handler and flag, such an answer is a result like any
other.

**Again.** \`timeout\` is in milliseconds and ends with the last byte of the answer, for each attempt. \`retry\` is an
object with \`attempts\` (3, the first included), \`delay\` (500) and \`max-delay\` (30000) in milliseconds,
\`statuses\` (408, 425, 429, 502, 503, 504) and \`every-method\` (false). Another attempt follows one of these statuses,
a \`timeout\`, and a \`request-failed\` that may pass, such as a refused connection; a certificate that is not trusted
does not pass. Only get, head, options, put and delete are repeated, unless \`every-method\` says that a second effect
does no harm. Before attempt n+1 the run waits a random time up to delay × 2ⁿ⁻¹ and at most \`max-delay\`, or exactly as
long as the header \`retry-after\` asks for (seconds or a date); when that is longer than \`max-delay\`, the answer is
the result.

**Redirects.** Up to \`redirects\` of them are followed, at most 5; one more fails with \`request-failed\`, and 0 gives
the redirect itself. After 303, and after 301 or 302 to a post, the next request is a get without body. Once a redirect
leads to another origin (scheme, host or port, so also from https down to http), the client certificate stays behind,
and so do all headers but those that never carry a right: accept, content-type and their like, user-agent, traceparent,
tracestate, x-request-id, x-correlation-id, cache-control, pragma, prefer, date, dnt, range and the conditional if-….
307 and 308 send method and body on, to another origin too: \`redirects\` 0 keeps a secret in the body.

**Cookies.** With \`cookies\` a request sends those that belong to its URL and keeps what is set, at each redirect too
(RFC 6265, with the public suffix list). The name of a jar, as text, shares it among all runs of this worker process
until it was not changed for a day. Values by name, \`{"session": "…"}\`, go to the host of the URL only; the answer
then has a list \`cookies\`, to be given as the \`cookies\` of the next request. An empty list begins such a jar.

**Where it may go.** Only to http and https, and only to addresses that the settings \`outgoing.*\` allow: every address
of a name is checked, the connection goes to the checked one, and each redirect is checked again. Link-local and
metadata addresses and the control port are never called. \`proxy\` is the URL of an HTTP proxy, user and password in
it; the same is asked of its address. The name of the target is still resolved and checked here, and the proxy is told
the address (CONNECT, for http as well), so it must allow that.

**TLS.** \`tls\` takes PEM texts: \`certificate\` and \`key\` (with \`passphrase\`) are shown to a server that asks for
them, \`ca\` is trusted besides the usual authorities, and \`server-name\` is what the certificate must be for when it
is not the host. Certificates are always checked.`,
  fields: {
    url: string({ label: 'URL', help: 'Absolute; {name} stands for a variable.' }),
    variables: variablesField,
    body: optional(any({ label: 'Body' })),
    method: methodField(['get', 'delete', 'post', 'put', 'head', 'options', 'patch']),
    header: headerField,
    query: queryField,
    ...answerFields,
    ...handlerFields,
    ...travelFields,
  },
  output: answerSchema,
  failures: answerFailures,
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
    {
      given: { url: 'http://api.example/unsteady', method: 'get', retry: { attempts: 2 } },
      gives: { status: 200, headers: { 'content-type': 'text/plain', 'content-length': '6' }, body: 'steady' },
      note: 'The first answer was 503 with `retry-after: 0`.',
    },
    {
      given: { url: 'http://api.example/moved', method: 'get', redirects: 0 },
      gives: {
        status: 302,
        headers: { location: '/orders/7', 'content-type': 'text/plain', 'content-length': '5' },
        body: 'moved',
      },
    },
    {
      given: { url: 'http://api.example/login', method: 'post', cookies: { language: 'en' } },
      gives: {
        status: 200,
        headers: {
          'set-cookie': 'session=s1; Path=/; HttpOnly',
          'content-type': 'text/plain',
          'content-length': '11',
        },
        body: 'language=en',
        cookies: [
          {
            name: 'language',
            value: 'en',
            domain: 'api.example',
            path: '/',
            hostOnly: true,
            secure: false,
            httpOnly: false,
            expires: null,
          },
          {
            name: 'session',
            value: 's1',
            domain: 'api.example',
            path: '/',
            hostOnly: true,
            secure: false,
            httpOnly: true,
            expires: null,
          },
        ],
      },
      note: 'The server answers with the cookies that it got. The next request is given the list `cookies`, and sends both.',
    },
    {
      given: { url: 'http://api.example/page', method: 'get', 'save-to': 'pages/first.html' },
      gives: {
        status: 200,
        headers: { 'content-type': 'text/html', 'content-length': '13' },
        body: { file: 'pages/first.html', bytes: 13 },
      },
    },
    { given: { url: 'http://api.example/missing', method: 'get', stopOnErrorCode: true }, fails: 'request-status' },
    { given: { url: 'http://closed.example/', method: 'get' }, fails: 'request-failed' },
    { given: { url: 'http://closed.example/', method: 'get', onError: [] }, gives: [] },
    { given: { url: 'http://169.254.169.254/latest', method: 'get' }, fails: 'request-forbidden' },
    { given: { url: 'http://api.example/silent', method: 'get', timeout: 50 }, fails: 'timeout' },
    { given: { url: 'http://api.example/page', method: 'get', 'max-bytes': 12 }, fails: 'too-large' },
    { given: { url: 'http://api.example/page', method: 'get', 'decode-body': true }, fails: 'response-invalid' },
    { given: { url: 'http://api.example/page', method: 'get', 'save-to': '../page.html' }, fails: 'file-access' },
    {
      given: { url: 'http://api.example/page', method: 'get', 'save-to': 'reports' },
      fails: 'file-failed',
      note: 'A folder has that name.',
    },
    {
      given: { url: 'http://api.example/orders/{id}', method: 'get' },
      fails: 'input-invalid',
      note: 'The variable `id` is missing.',
    },
  ],
  run: (input, context) => {
    const { method, header, body, 'decode-body': decode, 'save-to': saveTo } = input;
    const url = buildUrl(input.url, input.variables, input.query);
    return settle(prepare({ method, url, header, body, saveTo, decode }, input, context), input, context.signal);
  },
});
