import { describe, expect, it } from 'vitest';
import { pathFault, pathsOf, renamePath, undescribedParameters, withMethod, withPath } from './openapi-paths.ts';
import { getIn, renameKey, setIn } from './set-in.ts';

const document = {
  openapi: '3.1.0',
  info: { title: 'Pets', version: '1' },
  paths: {
    '/pets': { get: { responses: {} }, 'x-note': 1 },
    '/pets/{id}': { parameters: [{ $ref: '#/components/parameters/id' }], get: {} },
    'x-internal': {},
  },
  components: { parameters: { id: { name: 'id', in: 'path', required: true } } },
};

describe('setIn', () => {
  it.each([
    [{ a: 1, b: 2 }, ['a'], 3, '{"a":3,"b":2}'],
    [{ a: 1, b: 2 }, ['a'], undefined, '{"b":2}'],
    [{}, ['a', 'b'], 1, '{"a":{"b":1}}'],
    [{ a: [1, 2] }, ['a', '1'], 3, '{"a":[1,3]}'],
    [{ a: [1, 2] }, ['a', '2'], 3, '{"a":[1,2,3]}'],
    [{ a: [1, 2] }, ['a', '0'], undefined, '{"a":[2]}'],
    [undefined, ['a'], true, '{"a":true}'],
    [{}, ['__proto__'], 1, '{"__proto__":1}'],
  ])('of %j at %j puts %j', (value, path, put, text) => {
    expect(JSON.stringify(setIn(value as never, path, put as never))).toBe(text);
  });

  it('shares what did not change', () => {
    const after = setIn(document, ['info', 'title'], 'Cats') as unknown as typeof document;
    expect(after.paths).toBe(document.paths);
    expect(getIn(after, ['info', 'title'])).toBe('Cats');
    expect(getIn(after, ['info', 'no', 'such'])).toBeUndefined();
  });

  it('renames a key in its place, unless the name is taken', () => {
    expect(JSON.stringify(renameKey({ a: 1, b: 2 }, 'a', 'c'))).toBe('{"c":1,"b":2}');
    const object = { a: 1, b: 2 };
    expect(renameKey(object, 'a', 'b')).toBe(object);
  });
});

describe('paths', () => {
  it('are read with their methods, and nothing else', () => {
    expect(pathsOf(document)).toEqual([
      { path: '/pets', methods: ['get'] },
      { path: '/pets/{id}', methods: ['get'] },
    ]);
  });

  it('are added and renamed', () => {
    const more = withMethod(withPath(document, '/new', 'post'), '/pets', 'put');
    expect(pathsOf(more).map(({ path, methods }) => `${path} ${methods.join()}`)).toEqual([
      '/pets get,put',
      '/pets/{id} get',
      '/new post',
    ]);
    expect(pathsOf(renamePath(document, '/pets', '/animals')).map(({ path }) => path)).toEqual([
      '/animals',
      '/pets/{id}',
    ]);
  });

  it.each([
    ['/new', null],
    ['new', /must start with/],
    ['/pets', /already there/],
    ['/a b', /segment/],
  ])('%s can be, or not', (path, fault) => {
    const said = pathFault(path, ['/pets']);
    if (fault === null) expect(said).toBeNull();
    else expect(said).toMatch(fault);
  });

  it('say which parameters nobody describes', () => {
    expect(undescribedParameters(document, '/pets/{id}', 'get')).toEqual([]);
    expect(undescribedParameters(withPath(document, '/a/{b}/{c}', 'get'), '/a/{b}/{c}', 'get')).toEqual(['b', 'c']);
  });
});
