import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import paginate from '../../actions/http/paginate.ts';
import type { ActionContext, HostRequest, HostResponse, Lazy } from '../../actions/kit/index.ts';
import { findLink } from '../../actions/support/http/link.ts';
import { type OpenContext, openActionContext, runAction } from '../support/action-context.ts';

let opened: OpenContext;
beforeAll(async () => {
  opened = await openActionContext();
});
afterAll(() => opened.close());

interface Page {
  body: unknown;
  link?: string;
}
const answer = ({ body, link }: Page): HostResponse => ({
  status: 200,
  headers: link === undefined ? {} : { link },
  body: Buffer.from(JSON.stringify(body)),
});

/** Asks for pages that are answered in turn, and says what was asked. */
const collect = async (pages: Page[], given: Record<string, unknown>) => {
  const asked: HostRequest[] = [];
  const context: ActionContext = {
    ...opened.context,
    host: {
      ...opened.context.host,
      request: async (outgoing) => {
        asked.push(outgoing);
        return answer(pages[Math.min(asked.length, pages.length) - 1] as Page);
      },
    },
  };
  const work = async () => runAction(paginate, { url: 'https://api.example/items?a=1', ...given }, context);
  return { result: await work(), urls: asked.map(({ url }) => url.replace('https://api.example', '')), asked };
};

describe('the next page', () => {
  it('is asked for where the link leads, whatever its form', async () => {
    const { urls, result } = await collect(
      [
        { body: [1], link: '</items?p=2>; rel="prev next"' },
        { body: [2], link: '<https://api.example/other>; rel=next; title="a, b; c"' },
        { body: [3], link: '<?last>; rel=first' },
      ],
      { style: 'link-header', query: { b: 2 } },
    );
    expect(urls).toEqual(['/items?a=1&b=2', '/items?p=2', '/other']);
    expect(result).toEqual({ items: [1, 2, 3], pages: 3, complete: true, next: null });
  });

  it('is asked for at the URL in the body', async () => {
    const { urls } = await collect(
      [{ body: { data: [1], links: { next: '?p=2' } } }, { body: { data: [2], links: {} } }],
      { style: 'body-url', items: 'data', next: 'links.next' },
    );
    expect(urls).toEqual(['/items?a=1', '/items?p=2']);
  });

  it.each([null, '', false])('is not when the cursor is %j', async (next) => {
    const { result } = await collect([{ body: { items: [1], next } }], { style: 'cursor', items: 'items' });
    expect(result).toMatchObject({ pages: 1, complete: true });
  });

  it('gets its cursor by the name and in the place that were asked for', async () => {
    const pages = [{ body: { list: [[1]], meta: [{ 'the.next': 'x y' }] } }, { body: { list: [[2]] } }];
    const given = { style: 'cursor', items: ['list', 0], next: ['meta', 0, 'the.next'], parameter: 'after' };
    expect((await collect(pages, given)).urls).toEqual(['/items?a=1', '/items?a=1&after=x%20y']);
    const { asked, urls } = await collect(pages, { ...given, in: 'body', method: 'post', body: { q: 1 }, size: 5 });
    expect(urls).toEqual(['/items?a=1', '/items?a=1']);
    expect(asked.map(({ body }) => JSON.parse(String(body)))).toEqual([
      { q: 1, limit: 5 },
      { q: 1, after: 'x y', limit: 5 },
    ]);
  });

  it('is counted in pages or in items, until one is empty or short', async () => {
    const pages = [{ body: [1, 2] }, { body: [3, 4] }, { body: [] }];
    expect((await collect(pages, { style: 'page' })).urls).toEqual([1, 2, 3].map((page) => `/items?a=1&page=${page}`));
    expect((await collect(pages, { style: 'offset', parameter: 'skip', first: 10 })).urls).toEqual(
      [10, 12, 14].map((skip) => `/items?a=1&skip=${skip}`),
    );
    const short = [{ body: [1, 2] }, { body: [3] }];
    expect((await collect(short, { style: 'page', size: 2, 'size-parameter': 'per_page' })).urls).toEqual(
      [1, 2].map((page) => `/items?a=1&page=${page}&per_page=2`),
    );
  });

  it('keeps to https where the server thinks that it is called by http', async () => {
    const { asked } = await collect([{ body: [1], link: '<http://api.example/items?p=2>; rel=next' }, { body: [2] }], {
      style: 'link-header',
      header: { authorization: 'Bearer x' },
    });
    expect(asked[1]).toMatchObject({ url: 'https://api.example/items?p=2', headers: { authorization: 'Bearer x' } });
  });

  it.each([
    'https://other.example/items',
    'https://api.example:8443/items',
    'http://api.example:8080/items',
    'https://me:secret@api.example/items',
    'ftp://api.example/items',
    'https://',
  ])('is never at %s', async (target) => {
    const pages = [{ body: [1], link: `<${target}>; rel=next` }, { body: [2] }];
    await expect(collect(pages, { style: 'link-header' })).rejects.toMatchObject({
      code: 'response-invalid',
      message: expect.not.stringContaining('secret'),
    });
  });

  it.each<[string, Page[], Record<string, unknown>]>([
    ['link', [{ body: [1], link: '</items?p=2>; rel=next' }], { style: 'link-header' }],
    ['cursor', [{ body: { items: [1], next: 'x' } }], { style: 'cursor', items: 'items' }],
  ])('is not an earlier one (%s)', async (_, pages, given) => {
    await expect(collect(pages, given)).rejects.toMatchObject({
      code: 'response-invalid',
      message: expect.stringContaining('no end'),
    });
  });
});

describe('collecting', () => {
  const endless = [{ body: [1, 2, 3] }];

  it('ends with the most pages or items', async () => {
    expect((await collect(endless, { style: 'page' })).result).toMatchObject({
      pages: 100,
      complete: false,
      next: 101,
    });
    expect((await collect(endless, { style: 'page', 'max-items': 4 })).result).toEqual({
      items: [1, 2, 3, 1],
      pages: 2,
      complete: false,
      next: 3,
    });
  });

  it('is not complete when items of the last page were cut off', async () => {
    expect((await collect([{ body: [1, 2] }], { style: 'link-header', 'max-items': 1 })).result).toEqual({
      items: [1],
      pages: 1,
      complete: false,
      next: null,
    });
  });

  it('ends when the steps say so, which see the page', async () => {
    const seen: unknown[] = [];
    const until: Lazy = (locals) => {
      seen.push(locals?.page);
      return seen.length === 2 ? 'enough' : null;
    };
    const { result } = await collect(endless, { style: 'page', until });
    expect(result).toMatchObject({ pages: 2, complete: false, next: 3 });
    expect(seen[1]).toEqual({ index: 1, items: [1, 2, 3], body: [1, 2, 3] });
  });

  it('takes bodies without items as pages', async () => {
    const pages = [{ body: { a: 1 }, link: '</2>; rel=next' }, { body: { a: 2 } }];
    expect((await collect(pages, { style: 'link-header', result: 'pages' })).result).toMatchObject({
      items: [{ a: 1 }, { a: 2 }],
      complete: true,
    });
  });

  it('stops at 100 MB', async () => {
    const large = 'x'.repeat(9_900_000);
    const pages = [{ body: [large] }];
    await expect(collect(pages, { style: 'page' })).rejects.toMatchObject({ code: 'too-large' });
  });

  it.each([
    [{ style: 'page', first: 'x' }, '`first` must be a whole number where `style` is page'],
    [{ style: 'cursor', first: {} }, '`first` must be a text'],
    [{ style: 'page', in: 'body', body: 'text' }, '`body` must be an object'],
  ])('refuses %j', async (given, message) => {
    await expect(collect(endless, given)).rejects.toMatchObject({
      code: 'input-invalid',
      message: expect.stringContaining(message),
    });
  });

  it.each([
    ['the items are no array', { items: 'data' }, { data: { a: 1 } }],
    ['the path leads through what objects inherit', { items: 'constructor.name' }, {}],
    ['the cursor is an object', { items: 'items', style: 'cursor' }, { items: [], next: {} }],
  ])('fails when %s', async (_, given, body) => {
    await expect(collect([{ body }], { style: 'page', ...given })).rejects.toMatchObject({ code: 'response-invalid' });
  });
});

describe('a link header', () => {
  it.each([
    ['<a>; rel=next', 'a'],
    ['<a>;rel="next"', 'a'],
    ['<a>; REL=NEXT', 'a'],
    ['<a>; rel="last next"', 'a'],
    ['<a>; rel=prev, <b>; rel=next', 'b'],
    [',, <a>; rel=prev ,<b> ; rel = "next"', 'b'],
    ['<a,b;c>; rel=next', 'a,b;c'],
    ['<a>; title="x, <b>; rel=next", <c>; rel=next', 'c'],
    ['<a>; title="say \\"rel=next\\""; rel=prev', undefined],
    ['<a>; rel=prev; rel=next', undefined],
    ['<a>; anchor="#x"; rel=next', undefined],
    ['<a>; rel=nextpage', undefined],
    ['<a', undefined],
    ['rel=next', undefined],
    ['', undefined],
  ])('%j leads to %j', (header, target) => expect(findLink(header, 'next')).toBe(target));

  it('costs time in proportion to its length', () => {
    for (const part of [' ', ';', '; ', '<a>', '<a>; x="', '; a=', ',', '<', '\\', '"'])
      expect(findLink(part.repeat(100_000), 'next')).toBeUndefined();
  });
});
