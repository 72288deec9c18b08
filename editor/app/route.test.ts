import { describe, expect, it } from 'vitest';
import { pathTo, pathToAddress, placeOf } from './route.ts';

describe('placeOf', () => {
  it.each([
    ['/', { screen: 'list', kind: 'server' }],
    ['/servers', { screen: 'list', kind: 'server' }],
    ['/services/', { screen: 'list', kind: 'service' }],
    ['/servers/v1.2', { screen: 'list', kind: 'server', open: 'v1.2' }],
    ['/servers/a?operation=b', { screen: 'list', kind: 'server', open: 'a', operation: 'b' }],
    ['/servers/a?operation=b%2F', { screen: 'list', kind: 'server', open: 'a' }],
    ['/servers/hello/get-hello', { screen: 'operation', kind: 'server', resource: 'hello', operation: 'get-hello' }],
    [
      '/clients/db/on-order?node=greet&run=01JD',
      { screen: 'operation', kind: 'client', resource: 'db', operation: 'on-order', node: 'greet', run: '01JD' },
    ],
    ['/apis', { screen: 'apis' }],
    ['/apis/hello', { screen: 'apis', open: 'hello' }],
    ['/apis/hello/more', { screen: 'unknown' }],
    ['/settings/logs', { screen: 'settings', section: 'logs' }],
    ['/history/7', { screen: 'history', revision: '7' }],
    ['/servers/hello/get-hello/more', { screen: 'unknown' }],
    ['/servers/%zz', { screen: 'unknown' }],
    ['/servers/a%2Fb', { screen: 'unknown' }],
    ['/__proto__', { screen: 'unknown' }],
  ])('reads %s', (path, place) => expect(placeOf(path)).toEqual(place));

  it('reads what pathTo writes', () => {
    expect(pathTo('service')).toBe('/services');
    expect(placeOf(pathTo('service', 'tools', 'echo'))).toEqual({
      screen: 'operation',
      kind: 'service',
      resource: 'tools',
      operation: 'echo',
    });
  });

  it('reads what pathToAddress writes', () => {
    expect(placeOf(pathToAddress('server/web/a/b.c', '01JD'))).toEqual({
      screen: 'operation',
      kind: 'server',
      resource: 'web',
      operation: 'a',
      node: 'b.c',
      run: '01JD',
    });
    expect(pathToAddress('service/tools')).toBe('/services/tools');
  });
});
