import { describe, expect, it } from 'vitest';
import { RouteTable } from './routes.ts';
import type { HttpTarget } from './types.ts';

const target = (key: string): HttpTarget => {
  const [method = '', path = ''] = key.split(' ');
  return {
    id: key,
    address: key,
    method,
    path,
    needs: 0,
    keepsEvidence: () => false,
    wantsAll: () => false,
    run: () => ({ runId: '', output: null, done: () => {} }),
  };
};
const table = (...keys: string[]) => new RouteTable(keys.map(target), () => null);
const find = (routes: RouteTable, method: string, path: string) => {
  const match = routes.find(method, path);
  return match === null ? null : [match.route.target.id, { ...match.path }];
};

describe('RouteTable', () => {
  const routes = table(
    'GET /items',
    'GET /items/{id}',
    'GET /items/own',
    'GET /items/{id}.json',
    'DELETE /items/{id}',
    'GET /files/{rest*}',
    'GET /v{version}/{user-id}/x',
    'GET /with%20space',
    'GET /a:b/{c.d}',
    'POST /items/',
  );

  it.each([
    ['GET', '/items', ['GET /items', {}]],
    ['GET', '/items/7', ['GET /items/{id}', { id: '7' }]],
    ['GET', '/items/own', ['GET /items/own', {}]],
    ['GET', '/items/7.json', ['GET /items/{id}.json', { id: '7' }]],
    ['GET', '/items/a%2Fb%20c%25', ['GET /items/{id}', { id: 'a/b c%' }]],
    ['GET', '/items/a%3Fb%23c', ['GET /items/{id}', { id: 'a?b#c' }]],
    ['GET', '/items/%C3%A4', ['GET /items/{id}', { id: 'ä' }]],
    ['GET', '/%69tems/own', ['GET /items/own', {}]],
    ['DELETE', '/items/7', ['DELETE /items/{id}', { id: '7' }]],
    ['GET', '/files/a/b/c.txt', ['GET /files/{rest*}', { rest: 'a/b/c.txt' }]],
    ['GET', '/v2/u1/x', ['GET /v{version}/{user-id}/x', { version: '2', 'user-id': 'u1' }]],
    ['GET', '/with%20space', ['GET /with%20space', {}]],
    ['GET', '/a:b/1', ['GET /a:b/{c.d}', { 'c.d': '1' }]],
    ['HEAD', '/items/7', ['GET /items/{id}', { id: '7' }]],
    ['GET', '/items/', null],
    ['GET', '/Items', null],
    ['GET', '/items/7/', null],
    ['PUT', '/items/7', null],
    ['GET', '/constructor', null],
    ['GET', '/__proto__', null],
  ])('%s %s', (method, path, expected) => {
    expect(find(routes, method, path)).toEqual(expected);
  });

  it('says which methods a path has', () => {
    expect(routes.allowed('/items/7')).toEqual(['DELETE', 'GET', 'HEAD']);
    expect(routes.allowed('/none')).toEqual([]);
  });

  it('throws for percent sequences that are no UTF-8', () => {
    expect(() => routes.find('GET', '/items/%ff')).toThrow(URIError);
  });

  it('keeps the first of two operations with one method and path, whatever their parameters are called', () => {
    const twice = table('GET /a/{x}', 'GET /a/{y}', 'HEAD /a/{z}');
    expect(find(twice, 'GET', '/a/1')).toEqual(['GET /a/{x}', { x: '1' }]);
    expect(find(twice, 'HEAD', '/a/1')).toEqual(['HEAD /a/{z}', { z: '1' }]);
    expect(twice.unroutable).toEqual([
      { address: 'GET /a/{y}', reason: 'GET /a/{x} has the same method and path already.' },
    ]);
  });

  it('leaves out paths that are none, and says why', () => {
    const { unroutable } = table('GET nope', 'GET /a/{x}{y}', 'WHAT /b/{c}');
    expect(unroutable.map(({ address }) => address)).toEqual(['GET nope', 'GET /a/{x}{y}', 'WHAT /b/{c}']);
    expect(unroutable[0]?.reason).toMatch(/must start with "\/"/);
  });

  it('comes to an end with paths made to be slow', () => {
    const dotted = table('GET /{a}.b', 'GET /x/{a}.x', 'GET /x/{a}.x.x', 'GET /x/{a}.x.x.x');
    for (let i = 0; i < 100; i++) expect(find(dotted, 'GET', `/x/${'.x'.repeat(8000)}!`)).toBeNull();
  });
});
