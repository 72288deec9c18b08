import { describe, expect, it } from 'vitest';
import { isId } from '../../engine/document/address.ts';
import { freeId, freePort, idOf, operationIdOf, routeId } from './propose.ts';

describe('idOf', () => {
  it.each([
    ['Hello', 'hello'],
    ['Order Status', 'order-status'],
    ['  Überweisung: Prüfung!  ', 'uberweisung-prufung'],
    ['v1.2 (new)', 'v1.2-new'],
    ['-- draft --', 'draft'],
    ['snake_case stays', 'snake_case-stays'],
    ['日本', ''],
    ['', ''],
    [`${'long '.repeat(40)}end`, `${'long-'.repeat(13).slice(0, 64)}`],
  ])('makes of %j the id %j', (title, id) => {
    expect(idOf(title)).toBe(id);
    if (id !== '') expect(isId(id)).toBe(true);
  });
});

describe('freeId', () => {
  it.each([
    ['shop', [], 'shop'],
    ['shop', ['shop'], 'shop-2'],
    ['shop', ['shop', 'shop-2', 'shop-4'], 'shop-3'],
    ['', ['shop'], ''],
    ['x'.repeat(64), ['x'.repeat(64)], `${'x'.repeat(62)}-2`],
  ])('makes of %j beside %j the id %j', (id, taken, free) => {
    expect(freeId(id, new Set(taken))).toBe(free);
  });
});

describe('ids of operations', () => {
  it.each([
    ['GET', '/hello', 'get-hello'],
    ['POST', '/orders/{id}/lines', 'post-orders-id-lines'],
    ['GET', '/files/{rest*}', 'get-files-rest'],
    ['GET', '/', 'get'],
  ])('%s %s is %s', (method, path, id) => expect(routeId(method, path)).toBe(id));

  it('are those of the API where they can be', () => {
    expect(operationIdOf('getPet', 'GET', '/pets/{id}')).toBe('getPet');
    expect(operationIdOf('get a pet', 'GET', '/pets/{id}')).toBe('get-pets-id');
    expect(operationIdOf(undefined, 'PUT', '/')).toBe('put');
  });
});

describe('freePort', () => {
  it('is the first that no document names', () => {
    expect(freePort([])).toBe(8080);
    expect(freePort([{ port: 8080 }, {}, { port: 8082 }, { port: 8081 }])).toBe(8083);
    expect(freePort([{ port: 9000 }], 9000)).toBe(9001);
  });
});
