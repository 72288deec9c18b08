import {
  ActionFailure,
  any,
  array,
  defineAction,
  describeValue,
  either,
  integer,
  isPlainObject,
  isTruthy,
  lazy,
  oneOf,
  optional,
  type Plain,
  string,
} from '../kit/index.ts';
import { isSuccess } from '../support/http/content.ts';
import { methodField } from '../support/http/method.ts';
import {
  headerField,
  prepare,
  queryField,
  sendFailures,
  statusFailure,
  type Travel,
  travelFields,
  variablesField,
} from '../support/http/send.ts';
import { buildUrl } from '../support/http/url.ts';
import { findNext, lookUp, nextUrl, type Place, type Style, styles } from './next-page.ts';

/** Bytes of all pages together. */
const mostBytes = 100_000_000;
const usualParameter: Readonly<Record<Style, string>> = {
  'link-header': '',
  'body-url': '',
  cursor: 'cursor',
  page: 'page',
  offset: 'offset',
};

const itemsOf = (body: unknown, path: string | readonly unknown[], page: number, isNeeded: boolean): unknown[] => {
  const found = lookUp(body, path);
  if (Array.isArray(found)) return found;
  if (!isNeeded) return [];
  throw new ActionFailure(
    'response-invalid',
    `\`items\` must lead to an array in each page, found ${describeValue(found)} in page ${page}`,
  );
};

export default defineAction({
  id: 'http/paginate',
  title: 'HTTP pages',
  summary: 'Asks for one page after the other and collects their items.',
  keywords: ['cursor', 'next page', 'pagination', 'rest'],
  documentation: `
Every page is asked for as by http/request, with the same \`header\`, \`retry\`, \`proxy\`, \`cookies\` and so on, and
read as JSON. \`style\` says how one page leads to the next:

- \`link-header\`: the header \`link\` has a target with \`rel="next"\` (RFC 8288).
- \`body-url\`: the body holds the URL of the next page, at the path \`next\`.
- \`cursor\`: the body holds a cursor at the path \`next\`, which is sent as the parameter (\`cursor\` unless
  \`parameter\` names another).
- \`page\`: the parameter (\`page\`) counts pages, from \`first\` or 1.
- \`offset\`: the parameter (\`offset\`) counts items, from \`first\` or 0.

The last page is the one without a link, URL or cursor; for \`page\` and \`offset\` it is one that is empty or has fewer
items than \`size\`. \`size\` is sent as \`size-parameter\` (\`limit\`). \`in\` puts the parameters into the body
instead of the query. \`items\` and \`next\` are paths, with dots (\`data.items\`) or as lists of keys; without
\`items\` the body itself is the array.

The result is \`{items, pages, complete, next}\`. With \`result\` as \`pages\`, \`items\` are the bodies. \`max-pages\`
(100), \`max-items\` (100000) and \`until\` end it before the last page: \`until\` runs after each page with the scope
\`page\` (\`{index, items, body}\`). \`complete\` is then false, and \`next\` is what to give as \`first\` to go on.
Items beyond \`max-items\` are cut off. A page with a status that is not 2xx fails with \`request-status\`, and what was
collected is lost; a page that leads back to an earlier one, or to another origin, fails with \`response-invalid\`. A
link to http of the same host that was called by https counts as https. All pages together may have 100 MB.`,
  fields: {
    url: string({ label: 'URL', help: 'Of the first page; {name} stands for a variable.' }),
    variables: variablesField,
    method: optional(methodField(['get', 'post']), 'get'),
    body: optional(any({ label: 'Body' })),
    header: headerField,
    query: queryField,
    style: oneOf(styles, { label: 'Style', help: 'How a page leads to the next.' }),
    items: optional(
      either(string(), array(), { label: 'Items', help: 'Path of the items in a page, such as data.items.' }),
      '',
    ),
    next: optional(
      either(string(), array(), { label: 'Next', help: 'Path of the cursor or URL in a page; next if left out.' }),
    ),
    parameter: optional(string({ label: 'Parameter', help: 'Name under which cursor, page or offset is sent.' })),
    in: optional(oneOf(['query', 'body'], { label: 'Parameters in' }), 'query'),
    first: optional(any({ label: 'First', help: 'Where to begin: a number, a cursor or a URL.' })),
    size: optional(integer({ label: 'Page size', help: 'Items of a full page.', minimum: 1, maximum: 1_000_000 })),
    'size-parameter': optional(string({ label: 'Page size parameter' }), 'limit'),
    'max-pages': optional(integer({ label: 'Most pages', minimum: 1, maximum: 10_000 }), 100),
    'max-items': optional(integer({ label: 'Most items', minimum: 1, maximum: 1_000_000 }), 100_000),
    until: optional(lazy({ label: 'Until', help: 'Steps after each page; true ends it.' })),
    result: optional(oneOf(['items', 'pages'], { label: 'Result' }), 'items'),
    ...travelFields,
  },
  output: {
    type: 'object',
    properties: {
      items: { type: 'array' },
      pages: { type: 'integer' },
      complete: { type: 'boolean' },
      next: { type: ['string', 'number', 'null'] },
    },
    required: ['items', 'pages', 'complete', 'next'],
  },
  failures: {
    ...sendFailures,
    'too-large': 'A page has more than `max-bytes`, or all pages together have more than 100 MB.',
    'request-status': 'The status of a page is not 2xx.',
    'response-invalid': 'A page is not JSON, has no array at `items`, or leads back or to another origin.',
  },
  examples: [
    {
      given: { url: 'http://api.example/items', style: 'link-header', items: 'items' },
      gives: { items: ['apples', 'pears', 'plums', 'figs', 'dates'], pages: 3, complete: true, next: null },
    },
    {
      given: { url: 'http://api.example/items', style: 'cursor', items: 'items', 'max-pages': 2 },
      gives: { items: ['apples', 'pears', 'plums', 'figs'], pages: 2, complete: false, next: '4' },
    },
    {
      given: { url: 'http://api.example/items', style: 'cursor', items: 'items', first: '4' },
      gives: { items: ['dates'], pages: 1, complete: true, next: null },
    },
    {
      given: { url: 'http://api.example/items', style: 'page', items: 'items', size: 2 },
      gives: { items: ['apples', 'pears', 'plums', 'figs', 'dates'], pages: 3, complete: true, next: null },
    },
    {
      given: { url: 'http://api.example/items', style: 'offset', size: 4, result: 'pages', items: ['items'] },
      gives: {
        items: [
          { items: ['apples', 'pears', 'plums', 'figs'], next: '4' },
          { items: ['dates'], next: null },
        ],
        pages: 2,
        complete: true,
        next: null,
      },
    },
    {
      given: { url: 'http://api.example/items', style: 'page', items: 'items', until: true },
      gives: { items: ['apples', 'pears'], pages: 1, complete: false, next: 2 },
    },
    { given: { url: 'http://api.example/missing', style: 'page' }, fails: 'request-status' },
    {
      given: { url: 'http://api.example/items', style: 'page' },
      fails: 'response-invalid',
      note: 'The body is no array, and `items` is not set.',
    },
    { given: { url: 'http://closed.example/', style: 'page' }, fails: 'request-failed' },
    { given: { url: 'http://169.254.169.254/', style: 'page' }, fails: 'request-forbidden' },
    { given: { url: 'http://api.example/silent', style: 'page', timeout: 50 }, fails: 'timeout' },
    { given: { url: 'http://api.example/items', style: 'page', items: 'items', 'max-bytes': 10 }, fails: 'too-large' },
    { given: { url: 'http://api.example/items', style: 'pages' }, fails: 'input-invalid' },
  ],
  run: async (input, context) => {
    const { style, items: path, size, until } = input;
    const isUrl = style === 'link-header' || style === 'body-url';
    const parameter = input.parameter ?? usualParameter[style];
    const counting = { page: 1, offset: 0 } as Partial<Record<Style, number>>;
    let place = firstPlace(input.first ?? counting[style], style);
    let travel: Travel = input;

    const collected: unknown[] = [];
    const seen = new Set<Place>();
    let bytes = 0;
    for (let pages = 1; ; pages += 1) {
      const extra: Plain = Object.fromEntries([
        ...(place !== undefined && !isUrl ? [[parameter, place]] : []),
        ...(size !== undefined ? [[input['size-parameter'], size]] : []),
      ]);
      const first = buildUrl(input.url, input.variables, {
        ...input.query,
        ...(input.in === 'query' && extra),
      });
      const url = isUrl && place !== undefined ? nextUrl(String(place), first) : first;
      const body = input.in === 'body' ? withParameters(input.body, extra) : input.body;
      const outgoing = { method: input.method, url, header: input.header, body, decode: true };
      const { answer, ...received } = await prepare(outgoing, travel, context)();
      if (!isSuccess(answer.status)) throw statusFailure(answer.status);
      bytes += received.bytes;
      if (bytes > mostBytes) {
        throw new ActionFailure(
          'too-large',
          `The pages have more than ${mostBytes} bytes; set \`max-pages\` or \`until\``,
        );
      }
      if (answer.cookies) travel = { ...travel, cookies: [...answer.cookies] };

      const items = itemsOf(answer.body, path, pages, input.result === 'items' || Object.hasOwn(counting, style));
      if (input.result === 'pages') collected.push(answer.body);
      else for (const item of items) collected.push(item);
      const next = findNext(answer, { style, place, url, count: items.length, size, path: input.next });
      const isOver =
        next === undefined ||
        pages === input['max-pages'] ||
        collected.length >= input['max-items'] ||
        (until !== undefined && isTruthy(await until({ page: { index: pages - 1, items, body: answer.body } })));
      if (isOver) {
        const isWhole = next === undefined && collected.length <= input['max-items'];
        return { items: collected.slice(0, input['max-items']), pages, complete: isWhole, next: next ?? null };
      }
      if (place !== undefined) seen.add(place);
      if (seen.has(next)) {
        throw new ActionFailure(
          'response-invalid',
          `Page ${pages} leads back to an earlier one; the pages have no end`,
        );
      }
      place = next;
    }
  },
});

const withParameters = (body: unknown, extra: Plain): unknown => {
  if (isPlainObject(body ?? {})) return { ...(body as Plain | null | undefined), ...extra };
  throw new ActionFailure(
    'input-invalid',
    `\`body\` must be an object where \`in\` is body, found ${describeValue(body)}`,
  );
};

const firstPlace = (first: unknown, style: Style): Place | undefined => {
  if (first === undefined || first === null) return undefined;
  const mustCount = style === 'page' || style === 'offset';
  if (typeof first === 'number' && Number.isSafeInteger(first)) return first;
  if (typeof first === 'string' && !mustCount) return first;
  throw new ActionFailure(
    'input-invalid',
    `\`first\` must be ${mustCount ? 'a whole number' : 'a text'} where \`style\` is ${style}, found ${describeValue(first)}`,
  );
};
