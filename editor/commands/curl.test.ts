import { describe, expect, it } from 'vitest';
import type { HttpOperation, Json } from '../../engine/document/types.ts';
import { curlOf } from './curl.ts';

const operation = (method: string, path: string, input?: Json): HttpOperation => ({
  id: 'o',
  method,
  path,
  workflow: { actions: [] },
  ...(input !== undefined && { simulations: [{ id: 'default', input }] }),
});

describe('curlOf', () => {
  it.each<[HttpOperation, string]>([
    [operation('GET', '/hello', { query: { name: 'World' } }), `curl 'http://h:1/hello?name=World'`],
    [operation('GET', '/hello'), `curl 'http://h:1/hello'`],
    [operation('HEAD', '/x/{id}'), `curl --head 'http://h:1/x/{id}'`],
    [
      operation('DELETE', '/x/{id}/y', { path: { id: 'a/b c' }, header: { 'X-A': "it's", Host: 'other' } }),
      `curl -X DELETE -H 'X-A: it'\\''s' 'http://h:1/x/a%2Fb%20c/y'`,
    ],
    [operation('GET', '/f/{rest*}', { path: { rest: 'a/b c' } }), `curl 'http://h:1/f/a/b%20c'`],
    [
      operation('POST', '/o', { body: { sku: 'é"' }, query: { tag: ['a', 'b&c'] }, cookie: { s: '1', t: 2 } }),
      `curl -X POST -b 's=1; t=2' -H 'content-type: application/json' --data-raw '{"sku":"é\\""}' 'http://h:1/o?tag=a&tag=b%26c'`,
    ],
    [
      operation('PUT', '/o', { body: 'plain $HOME', header: { 'Content-Type': 'text/plain' } }),
      `curl -X PUT -H 'Content-Type: text/plain' --data-raw 'plain $HOME' 'http://h:1/o'`,
    ],
    [operation('POST', '/o', 'no request'), `curl -X POST 'http://h:1/o'`],
  ])('%#', (given, line) => expect(curlOf(given, 'http://h:1')).toBe(line));
});
