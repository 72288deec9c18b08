import { describe, expect, it } from 'vitest';
import { pathTo, placeOf } from './route.ts';

describe('placeOf', () => {
  it.each([
    ['/', { screen: 'list', kind: 'server' }],
    ['/servers', { screen: 'list', kind: 'server' }],
    ['/services/', { screen: 'list', kind: 'service' }],
    ['/servers/v1.2', { screen: 'list', kind: 'server', open: 'v1.2' }],
    ['/servers/hello/get-hello', { screen: 'operation', kind: 'server', resource: 'hello', operation: 'get-hello' }],
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
});
