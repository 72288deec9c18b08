import { describe, expect, it } from 'vitest';
import type { Api, Operation } from '../../engine/document/types.ts';
import { missingRoutes, operationsOfApi, operationsOfPaths } from './api-operations.ts';

const api: Api = {
  id: 'pets',
  openapi: {
    openapi: '3.1.0',
    paths: {
      '/pets': {
        summary: 'Pets',
        parameters: [],
        get: { operationId: 'listPets' },
        post: { operationId: 'list pets', summary: 'Add a pet' },
      },
      '/pets/{id}': { get: { operationId: 'listPets' }, 'x-note': {} },
      '/pets/{id}.{format}': { get: {} },
      'x-internal': { get: {} },
    },
  },
};

describe('paths of an API', () => {
  it('are those that an operation can have', () => {
    expect(operationsOfApi(api).map(({ method, path, summary }) => `${method} ${path} ${summary}`)).toEqual([
      'GET /pets Pets',
      'POST /pets Add a pet',
      'GET /pets/{id} ',
    ]);
    expect(operationsOfApi(undefined)).toEqual([]);
    expect(operationsOfApi({ id: 'x', openapi: { paths: [] } })).toEqual([]);
  });

  it('are missing where no operation has the same method and shape', () => {
    const there = [{ id: 'one', method: 'GET', path: '/pets/{key}', workflow: { actions: [] } }] as Operation[];
    expect(missingRoutes(api, there).map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  it('become operations with ids of their own', () => {
    const made = operationsOfPaths(operationsOfApi(api), ['listPets']);
    expect(made.map(({ id, title }) => [id, title])).toEqual([
      ['listPets-2', 'Pets'],
      ['post-pets', 'Add a pet'],
      ['listPets-3', undefined],
    ]);
  });
});
