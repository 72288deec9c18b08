import type { JsonSchema } from '../../document/shape.ts';
import { type Answer, problemAnswer } from './answer.ts';
import { bodyForm, mediaTypesOf } from './body.ts';
import { Components } from './components.ts';
import { parametersOf, pathTemplate, type Right, type Route } from './route.ts';

type Json = { [key: string]: unknown };

/** A description of the control API in the form of OpenAPI 3.1, made from the table that the API itself is made from. */
export function describeApi(routes: readonly Route[], version: string): Json {
  const components = new Components();
  const paths: { [path: string]: Json } = {};
  for (const route of routes) {
    const path = pathTemplate(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, components) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sluice control API',
      version,
      description: 'Refusals are problem details (RFC 9457). What takes GET takes HEAD too.',
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: components.schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API token.' },
        cookie: { type: 'apiKey', in: 'cookie', name: '__Host-sluice', description: 'The session of the editor.' },
      },
    },
  };
}

function operationOf(route: Route, components: Components): Json {
  const { method, path, right, audit, summary, body } = route;
  const form = body === undefined ? undefined : bodyForm(body);
  const answers: { readonly [status: string]: Answer } = { ...refusalsOf(route), ...route.answers };
  return {
    operationId: operationId(method, path),
    summary,
    tags: [/^\/api\/(\w+)/.exec(path)?.[1] ?? 'probes'],
    security: security(right),
    'x-right': right,
    ...(audit !== null && { 'x-audit': audit }),
    parameters: parameterList(route, components),
    ...(form && {
      requestBody: {
        required: form.optional !== true,
        content: Object.fromEntries(
          mediaTypesOf(form).map((type) => [type, { schema: components.refer(form.rule.schema) }]),
        ),
      },
    }),
    responses: Object.fromEntries(
      Object.entries(answers).map(([status, answer]) => [status, responseOf(answer, components)]),
    ),
  };
}

/** `GET /api/nodes/*address` is `getNodesByAddress`. */
const operationId = (method: string, path: string): string =>
  method.toLowerCase() +
  path
    .replace(/^\/api\//, '')
    .split(/[/.-]/)
    .map((part) => part.replace(/^[:*](\w)/, (_, letter) => `By${letter.toUpperCase()}`))
    .map((part) => part.slice(0, 1).toUpperCase() + part.slice(1))
    .join('');

function security(right: Right): Json[] {
  if (right === 'public') return [];
  const ways = [{ bearer: [] }, { cookie: [] }];
  return right === 'session' ? [{}, ...ways] : ways;
}

function parameterList({ method, path, parameters, query = {}, ifMatch }: Route, components: Components): Json[] {
  const inPath = parametersOf(path).map(({ name, isWildcard }) => {
    const { description = `The ${name}.`, schema = { type: 'string' } } = parameters?.[name] ?? {};
    const note = isWildcard ? ' Slashes in it may be written as they are.' : '';
    return {
      name,
      in: 'path',
      required: true,
      description: description + note,
      schema: components.refer(schema),
      ...(isWildcard && { 'x-wildcard': true }),
    };
  });
  const inQuery = Object.entries(query).map(([name, { description, schema }]) => ({
    name,
    in: 'query',
    description,
    schema: components.refer(schema),
  }));
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  });
  const match = header(
    'If-Match',
    'ETag of the version to be changed; any other is refused with 412. Any, if left out.',
  );
  const absent = header('If-None-Match', '`*`: refused with 412 when something is there already.');
  return [...inPath, ...inQuery, ...(ifMatch ? [match] : []), ...(ifMatch && method === 'PUT' ? [absent] : [])];
}

/** What a route may refuse without declaring it. */
function refusalsOf({ method, path, right, body, answers, ifMatch }: Route): { [status: string]: Answer } {
  const isOpen = right === 'public';
  const isChange = method !== 'GET';
  const hasParameters = parametersOf(path).length > 0;
  const isJson = Object.values(answers).some(({ content }) => content?.['application/json'] !== undefined);
  const same: Answer = { description: 'What If-None-Match names is still so.', content: null };
  const wait = { 'Retry-After': 'Seconds to wait.' };
  const challenge = { 'WWW-Authenticate': 'How to authenticate.' };
  const refusals: [status: number, applies: boolean, answer: Answer][] = [
    [304, !isChange && isJson, same],
    [400, true, problemAnswer('The path, the query or the body does not have the form it must have.')],
    [401, !isOpen, problemAnswer('Credentials are missing or wrong.', challenge)],
    [403, true, problemAnswer('The request is one of another site, or the caller lacks the right.')],
    [404, hasParameters, problemAnswer('There is no such thing.')],
    [409, isChange, problemAnswer('It cannot be done as things are now.')],
    [412, ifMatch === true, problemAnswer('It was changed meanwhile; nothing was done.')],
    [413, body !== undefined, problemAnswer('The body is too large.')],
    [415, body !== undefined, problemAnswer('The body has another media type.', { Accept: 'What is taken.' })],
    [422, body !== undefined, problemAnswer('The body has the right form, but cannot be put in force.')],
    [429, !isOpen, problemAnswer('Too many wrong credentials came from this address.', wait)],
    [431, true, problemAnswer('The address and the headers are larger than 16 KiB.')],
    [500, true, problemAnswer('The engine failed; the log says more under the incident.')],
    [503, true, problemAnswer('A part of the engine is not there at the moment.', wait)],
    [507, isChange, problemAnswer('The disk is full; nothing was done.')],
  ];
  return Object.fromEntries(refusals.filter(([, applies]) => applies).map(([status, , answer]) => [status, answer]));
}

const responseOf = ({ description, content, headers = {} }: Answer, components: Components): Json => ({
  description,
  ...(Object.keys(headers).length > 0 && {
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, meaning]) => [name, { description: meaning, schema: { type: 'string' } }]),
    ),
  }),
  ...(content !== null && {
    content: Object.fromEntries(
      Object.entries(content).map(([type, schema]: [string, JsonSchema]) => [
        type,
        { schema: components.refer(schema) },
      ]),
    ),
  }),
});

/** The route that gives the description, itself included. Anyone may read it: it says nothing of an installation. */
export function withDescription(routes: readonly Route[], version: () => string): Route[] {
  let text: string | undefined;
  const all: Route[] = [
    ...routes,
    {
      method: 'GET',
      path: '/api/openapi.json',
      right: 'session',
      audit: null,
      summary: 'Describes this API.',
      answers: {
        200: {
          description: 'A document in the form of OpenAPI 3.1.',
          content: { 'application/json': { type: 'object', required: ['openapi', 'info', 'paths', 'components'] } },
        },
      },
      handle({ res }) {
        text ??= JSON.stringify(describeApi(all, version()));
        res.type('json').send(text);
      },
    },
  ];
  return all;
}
