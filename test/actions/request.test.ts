import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import request from '../../actions/http/request.ts';
import type { ActionContext, HostRequest, Lazy } from '../../actions/kit/index.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeAll(async () => {
  opened = await openActionContext();
});
afterAll(() => opened.close());

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}
const send = async (given: Record<string, unknown>, context: ActionContext = opened.context): Promise<Answer> =>
  (await runAction(
    request,
    { method: 'get', ...given, url: `http://api.example${given.url ?? '/'}` },
    context,
  )) as Answer;
const echoed = async (given: Record<string, unknown>): Promise<unknown> => (await send(given)).body;

/** What the action asks of the host, which still sends it. */
const asked = async (given: Record<string, unknown>): Promise<HostRequest> => {
  const requests: HostRequest[] = [];
  const { context } = opened;
  const watching = {
    ...context,
    host: {
      ...context.host,
      request: (outgoing: HostRequest) => {
        requests.push(outgoing);
        return context.host.request(outgoing);
      },
    },
  };
  await send(given, watching);
  expect(requests).toHaveLength(1);
  return requests[0] as HostRequest;
};

describe('the URL', () => {
  it('has its variables percent-encoded', async () =>
    expect(
      await echoed({ url: '/a/{id}?q={text}#part-{id}', variables: { id: 'x/y ?#&', text: "it's 100%", unused: 1 } }),
    ).toBe('GET /a/x%2Fy%20%3F%23%26?q=it%27s%20100%25 - '));

  it('adds the query to what is there, repeats the keys of arrays and leaves null out', async () =>
    expect(
      await echoed({
        url: '/a?x=1',
        query: { 'tag name': ['a&b', null, 2, true], none: null, empty: '', list: [], day: new Date(0) },
      }),
    ).toBe('GET /a?x=1&tag%20name=a%26b&tag%20name=2&tag%20name=true&empty=&day=1970-01-01T00%3A00%3A00.000Z - '));

  it.each([
    [{ url: '/a/{id}' }, '`url` needs the variable `id`'],
    [{ url: '/a/{id}', variables: { id: null } }, '`url` needs the variable `id`'],
    [{ url: '/a/{constructor}' }, '`url` needs the variable `constructor`'],
    [
      { url: '/a/{id}', variables: { id: [1] } },
      '`variables.id` must be a text, a number, true or false, found an array of 1 item',
    ],
    [{ url: '/a/{id}', variables: { id: '\ud800' } }, 'half of a surrogate pair'],
    [{ url: '/a/{id}/b', variables: { id: '..' } }, 'path segment ".."'],
    [{ url: '/a/.{id}', variables: { id: '.' } }, 'path segment ".."'],
    [{ query: { a: { b: 1 } } }, '`query.a` must be'],
  ])('%j is refused', async (given, message) => {
    const refused = expect(send(given)).rejects;
    await refused.toMatchObject({ code: 'input-invalid', message: expect.stringContaining(message) });
  });

  it.each([['/relative'], ['ftp://host/x'], ['file:///etc/hostname'], ['http://user:pass@host/'], ['{base}/x']])(
    '%s is refused without showing it',
    async (url) => {
      const work = async () =>
        runAction(request, { url, method: 'get', variables: { base: 'http://host' } }, opened.context);
      await expect(work()).rejects.toMatchObject({
        code: 'input-invalid',
        message: expect.not.stringContaining('pass@'),
      });
    },
  );

  it('lets dots through where they lead nowhere', async () =>
    expect(await echoed({ url: '/a/{id}?up={id}', variables: { id: '...' } })).toBe('GET /a/...?up=... - '));
});

describe('what is sent', () => {
  it('takes the method in either case', async () => expect(await echoed({ method: 'DELETE' })).toBe('DELETE / - '));
  it('refuses other methods', async () =>
    await expect(send({ method: 'trace' })).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining('get, delete'),
    }));

  it.each([
    ['a text as it is', { body: '{"a":1}' }, 'POST / - {"a":1}'],
    ['bytes as they are', { body: Buffer.from('raw') }, 'POST / - raw'],
    ['anything else as JSON', { body: [1, 'a'] }, 'POST / application/json [1,"a"]'],
    ['false as JSON', { body: false }, 'POST / application/json false'],
    ['nothing for null', { body: null }, 'POST / - '],
    [
      'JSON below a content type of its own',
      { body: { a: 1 }, header: { 'Content-Type': 'application/vnd.api+json' } },
      'POST / application/vnd.api+json {"a":1}',
    ],
    [
      'a form where the header says so',
      { body: { a: 'x y', b: [1, 2] }, header: { 'CONTENT-TYPE': 'application/x-www-form-urlencoded; charset=utf-8' } },
      'POST / application/x-www-form-urlencoded; charset=utf-8 a=x%20y&b=1&b=2',
    ],
  ])('%s', async (_, given, received) => expect(await echoed({ method: 'post', ...given })).toBe(received));

  it('has lower-case header names, joins arrays, leaves null out', async () => {
    const { headers } = await asked({ header: { 'X-Id': 7, Accept: ['text/plain', 'text/html'], none: null } });
    expect(headers).toEqual({ 'x-id': '7', accept: 'text/plain, text/html' });
  });

  it.each([[{ 'a b': '1' }], [{ '': '1' }], [{ a: 'x\r\nevil: 1' }], [{ a: '\u0000' }], [{ a: 'łódź' }], [{ a: {} }]])(
    'refuses the headers %j',
    async (header) => {
      await expect(send({ header })).rejects.toMatchObject({
        code: 'input-invalid',
        message: expect.stringContaining('`header'),
      });
    },
  );

  it('passes time limit and cancellation on', async () => {
    const outgoing = await asked({ timeout: 5000 });
    expect(outgoing.timeoutMs).toBe(5000);
    expect(outgoing.signal).toBe(opened.context.signal);
  });
});

describe('what is received', () => {
  it.each([
    ['JSON by its content type', { url: '/orders/7' }, { id: 7, title: 'Flowers' }],
    ['+json too', { url: '/problem' }, { title: 'Conflict' }],
    ['text when decoding is turned off', { url: '/orders/7', 'decode-body': false }, '{"id":7,"title":"Flowers"}'],
    ['broken JSON as text when nobody asked', { url: '/broken.json' }, '{"id":'],
    [
      'an error page as text even when JSON was asked for',
      { url: '/missing', 'decode-body': true },
      '<h1>Missing</h1>',
    ],
    ['the charset of the answer', { url: '/latin' }, 'grün'],
    ['an empty JSON body as null', { url: '/empty' }, null],
    ['binary data as a Buffer', { url: '/image' }, Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ['nothing after HEAD', { url: '/orders/7', method: 'head' }, null],
  ])('%s', async (_, given, body) => expect(await echoed(given)).toStrictEqual(body));

  it('fails for broken JSON that was asked for, and onError may answer', async () => {
    await expect(send({ url: '/broken.json', 'decode-body': true })).rejects.toMatchObject({
      code: 'response-invalid',
    });
    const onError: Lazy = (locals) => locals?.error;
    const error = await send({ url: '/broken.json', 'decode-body': true, onError });
    expect(error).toMatchObject({ code: 'response-invalid', type: 'response-invalid' });
  });
});

describe('handlers', () => {
  const locals: unknown[] = [];
  const handler: Lazy = (given) => {
    locals.push(given);
    return 'handled';
  };

  it('onErrorCode sees the answer, as error too', async () => {
    expect(await send({ url: '/problem', onErrorCode: handler, onError: () => 'not this one' })).toBe('handled');
    const response = { status: 409, headers: expect.anything(), body: { title: 'Conflict' } };
    expect(locals.pop()).toEqual({
      response,
      error: {
        ...response,
        name: 'ActionFailure',
        code: 'request-status',
        type: 'request-status',
        message: 'The answer has the status 409, which is not 2xx.',
      },
    });
  });

  it('stopOnErrorCode raises after the handler ran', async () => {
    await expect(send({ url: '/problem', onErrorCode: handler, stopOnErrorCode: true })).rejects.toMatchObject({
      code: 'request-status',
    });
    expect(locals.splice(0)).toHaveLength(1);
  });

  it('onError does not answer for what onErrorCode raises', async () => {
    const raise: Lazy = () => {
      throw new Error('of the handler');
    };
    await expect(send({ url: '/problem', onErrorCode: raise, onError: handler })).rejects.toThrow('of the handler');
    expect(locals).toEqual([]);
  });

  it('neither handler runs for a 2xx answer', async () => {
    const answer = await send({
      url: '/orders/7',
      onErrorCode: handler,
      onError: handler,
      stopOnError: true,
      stopOnErrorCode: true,
    });
    expect(answer.status).toBe(200);
    expect(locals).toEqual([]);
  });

  const unreachable = (given: Record<string, unknown>) => async () =>
    runAction(request, { url: 'http://closed.example/', method: 'get', ...given }, opened.context);

  it('stopOnError raises the failure after the handler ran', async () => {
    await expect(unreachable({ onError: handler, stopOnError: true })()).rejects.toMatchObject({
      code: 'request-failed',
    });
    expect(locals.splice(0)).toEqual([
      { error: expect.objectContaining({ code: 'request-failed', type: 'request-failed' }) },
    ]);
  });

  it('onError does not answer for invalid input', async () => {
    await expect(unreachable({ url: 'nonsense', onError: handler })()).rejects.toMatchObject({ code: 'input-invalid' });
    expect(locals).toEqual([]);
  });

  it('onError does not answer for a request that was called off', async () => {
    const own = await openActionContext();
    const reason = new Error('Its time is over.');
    const work = runAction(request, { url: 'http://api.example/silent', method: 'get', onError: handler }, own.context);
    own.cancel(reason);
    await expect(work).rejects.toBe(reason);
    expect(locals).toEqual([]);
    await own.close();
  });
});
