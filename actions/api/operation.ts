import { ActionFailure, any, defineAction, isPlainObject, optional, reference, string } from '../kit/index.ts';
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
import { addressOf } from './address.ts';
import { findOperation } from './document.ts';
import { completeHeader, styledQuery } from './values.ts';

export default defineAction({
  id: 'api/operation',
  title: 'Call API operation',
  summary: 'Calls an operation of an API of this project and gives the answer.',
  keywords: ['invoke'],
  documentation: `
The reference is \`api/<id>/<operationId>\`, or \`api/<id>/GET /path\` with method and path as in the document, where
the names of path parameters make no difference. The OpenAPI 3 document gives the method, the path and the server: the
first of \`servers\` of the operation, else of its path, else of the document.

\`url\` is for calling another server: an absolute one takes the server's place, and the operation's path is added
unless \`url\` ends with it already; one that begins with a slash takes the path's place. \`variables\` fill the
placeholders of path and server, percent-encoded; a server's variable that is left out has its default, and one with a
list of values must be one of them. A path parameter that is left out fails.

In \`query\`, arrays and objects of declared parameters are written in their style (form, spaceDelimited, pipeDelimited,
deepObject); anything else is as in http/request. Headers are sent as given. Where they lack one, the document adds the
default of a header parameter, the content types of its responses as \`accept\`, and for a body its content type: JSON
or form for an object, or the only one there is for a text or bytes. Nothing else is checked against the document: what
the API refuses, it says itself.

The answer, the handlers \`onError\` and \`onErrorCode\`, \`retry\`, \`redirects\`, \`proxy\`, \`cookies\`, \`tls\` and
the bounds are those of http/request.`,
  fields: {
    apiOperationReference: reference('api', {
      label: 'Operation',
      help: 'Its address: api/<id>/<operationId>, or api/<id>/GET /path.',
    }),
    url: optional(
      string({ label: 'URL', help: 'Another server than the one of the API; {name} stands for a variable.' }),
    ),
    variables: variablesField,
    body: optional(any({ label: 'Body' })),
    header: headerField,
    query: queryField,
    ...answerFields,
    ...handlerFields,
    ...travelFields,
  },
  output: answerSchema,
  failures: {
    ...answerFailures,
    'api-unknown': 'The project has no API with this id.',
    'operation-unknown': 'The API has no such operation.',
  },
  examples: [
    {
      given: {
        apiOperationReference: 'api/shop/get-order',
        url: 'http://api.example',
        variables: { id: 7 },
      },
      gives: {
        status: 200,
        headers: { 'content-type': 'application/json', 'content-length': '26' },
        body: { id: 7, title: 'Flowers' },
      },
    },
    {
      given: {
        apiOperationReference: 'api/shop/GET /orders/{number}',
        url: 'http://api.example/orders/{id}',
        variables: { id: 8 },
        query: { full: true },
      },
      gives: {
        status: 201,
        headers: { 'content-type': 'text/plain', 'content-length': '26' },
        body: 'GET /orders/8?full=true - ',
      },
      note: 'The URL ends with the path of the operation, so nothing is added to it.',
    },
    { given: { apiOperationReference: 'api/none/get-order' }, fails: 'api-unknown' },
    { given: { apiOperationReference: 'api/shop/none', onError: 'instead' }, fails: 'operation-unknown' },
    {
      given: { apiOperationReference: 'api/shop/get-order', variables: { id: 7 } },
      fails: 'input-invalid',
      note: 'The API of this example names no server.',
    },
    { given: { apiOperationReference: 'api/shop/get-order', url: 'http://api.example' }, fails: 'input-invalid' },
    {
      given: {
        apiOperationReference: 'api/shop/get-order',
        url: 'http://api.example/missing/orders/{id}',
        variables: { id: 7 },
        stopOnErrorCode: true,
        redirects: 0,
      },
      fails: 'request-status',
    },
    {
      given: { apiOperationReference: 'api/shop/get-order', url: 'http://closed.example', variables: { id: 7 } },
      fails: 'request-failed',
    },
    {
      given: { apiOperationReference: 'api/shop/get-order', url: 'http://169.254.169.254', variables: { id: 7 } },
      fails: 'request-forbidden',
    },
    {
      given: {
        apiOperationReference: 'api/shop/get-order',
        url: 'http://api.example/silent',
        variables: { id: 7 },
        timeout: 50,
      },
      fails: 'timeout',
    },
    {
      given: {
        apiOperationReference: 'api/shop/get-order',
        url: 'http://api.example',
        variables: { id: 7 },
        'max-bytes': 10,
      },
      fails: 'too-large',
    },
    {
      given: {
        apiOperationReference: 'api/shop/get-order',
        url: 'http://api.example',
        variables: { id: 8 },
        'decode-body': true,
      },
      fails: 'response-invalid',
    },
    {
      given: {
        apiOperationReference: 'api/shop/get-order',
        url: 'http://api.example',
        variables: { id: 7 },
        'save-to': '../order.json',
      },
      fails: 'file-access',
    },
    {
      given: {
        apiOperationReference: 'api/shop/get-order',
        url: 'http://api.example',
        variables: { id: 7 },
        'save-to': 'reports',
      },
      fails: 'file-failed',
    },
  ],
  run: (input, context) => {
    const { apiOperationReference, variables, header, body, 'decode-body': decode, 'save-to': saveTo } = input;
    const [, id = '', wanted = ''] = /^api\/([^/]+)\/(.+)$/s.exec(apiOperationReference) ?? [];
    const api = context.host.project.find('api', id);
    if (api === undefined || wanted === '')
      throw new ActionFailure(
        'api-unknown',
        '`apiOperationReference` names no API of this project; it is api/<id>/<operationId>',
      );
    const operation = findOperation(isPlainObject(api.openapi) ? api.openapi : {}, wanted, id);
    const template = addressOf(operation, input.url, variables);
    const url = buildUrl(template, variables, styledQuery(input.query, operation));
    const completed = completeHeader(header, body, operation);
    const outgoing = { method: operation.method, url, header: completed, body, saveTo, decode };
    return settle(prepare(outgoing, input, context), input, context.signal);
  },
});
