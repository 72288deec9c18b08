import { describe, expect, it } from 'vitest';
import { type Answer, readOutput } from './answer.ts';

const headersOf = ({ head, type }: Answer) => ({ head, type });

describe('readOutput', () => {
  it.each([
    [null, 200, null, null],
    [{}, 200, null, null],
    [{ body: null }, 200, null, null],
    [{ body: '' }, 200, '', 'text/plain; charset=utf-8'],
    [{ body: 'Hi' }, 200, 'Hi', 'text/plain; charset=utf-8'],
    [{ body: 0 }, 200, '0', 'application/json'],
    [{ body: false }, 200, 'false', 'application/json'],
    [{ body: [1, { a: null }] }, 200, '[1,{"a":null}]', 'application/json'],
    [{ status: 201, body: {} }, 201, '{}', 'application/json'],
    [{ status: '404' }, 404, null, null],
    [{ status: null, headers: null, body: 'x' }, 200, 'x', 'text/plain; charset=utf-8'],
    [{ headers: { 'Content-Type': 'text/html' }, body: '<p>' }, 200, '<p>', 'text/html'],
    [{ headers: { 'content-type': 'application/hal+json' }, body: { a: 1 } }, 200, '{"a":1}', 'application/hal+json'],
    [
      { headers: { 'content-type': 'application/json' }, body: '{"ready":true}' },
      200,
      '{"ready":true}',
      'application/json',
    ],
  ])('%j', (output, status, body, type) => {
    const answer = readOutput(output);
    expect([answer.status, answer.body, answer.type]).toEqual([status, body, type]);
  });

  it('sends bytes as they are', () => {
    const bytes = Buffer.from([0, 255]);
    const answer = readOutput({ body: bytes });
    expect([answer.body, answer.type]).toEqual([bytes, 'application/octet-stream']);
  });

  it('takes headers as text, number and array, and leaves out null', () => {
    const answer = readOutput({ headers: { 'X-A': 'a', 'x-b': 1, 'set-cookie': ['a=1', 'b=2'], 'x-none': null } });
    expect(headersOf(answer)).toEqual({
      head: ['X-A', 'a', 'x-b', 1, 'set-cookie', 'a=1', 'set-cookie', 'b=2'],
      type: null,
    });
  });

  it('leaves the headers of the connection to the server', () => {
    const answer = readOutput({
      headers: { 'Content-Length': 99, 'transfer-encoding': 'chunked', Connection: 'upgrade', 'sluice-run': 'x' },
    });
    expect(headersOf(answer)).toEqual({ head: [], type: null });
  });

  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;

  it.each([
    ['text', 'an object with status, headers and body'],
    [[], 'found an array'],
    [{ status: 99 }, 'from 200 to 599'],
    [{ status: 101 }, 'from 200 to 599'],
    [{ status: 600 }, 'from 200 to 599'],
    [{ status: 200.5 }, 'from 200 to 599'],
    [{ status: '2xx' }, 'from 200 to 599'],
    [{ headers: 'x' }, 'must be an object'],
    [{ headers: { 'x-a': 'b\r\nset-cookie: evil=1' } }, 'line end'],
    [{ headers: { 'x-a': 'b\nc' } }, 'line end'],
    [{ headers: { 'x-a\r\ny': 'b' } }, 'line end'],
    [{ headers: { '': 'b' } }, 'line end'],
    [{ headers: { 'x-a': '☃' } }, 'line end'],
    [{ headers: { 'x-a': { b: 1 } } }, 'a text, a number or an array of them'],
    [{ headers: { 'x-a': Number.NaN } }, 'a text, a number or an array of them'],
    [{ headers: { 'content-type': 'text/html\r\nx: y' } }, 'line end'],
    [{ headers: { 'Set-Cookie': ['a=1', 'sluice-session=stolen'] } }, 'cookie of the editor'],
    [{ body: cyclic }, 'circular'],
    [{ body: 1n }, 'BigInt'],
    [
      {
        body: {
          toJSON: () => {
            throw 'odd';
          },
        },
      },
      'cannot be read',
    ],
  ])('refuses %o', (output, message) => {
    expect(() => readOutput(output)).toThrow(
      expect.objectContaining({ code: 'output-invalid', message: expect.stringContaining(message) }),
    );
  });
});
