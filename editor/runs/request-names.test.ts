import { expect, it } from 'vitest';
import type { Json, Operation } from '../../engine/document/types.ts';
import { missingOfPath, readNames } from './request-names.ts';

const operation = {
  id: 'get',
  method: 'GET',
  path: '/items/{id}/{rest*}',
  workflow: {
    actions: [
      {
        id: 'a',
        action: 'string/join',
        input: {
          array: [
            { $ref: ['request', 'query', 'size'] },
            { $ref: ['request', 'header', 'x-id'] },
            { $literal: { $ref: ['request', 'query', 'no'] } },
            'request.query.text',
          ],
        },
      },
    ],
    output: { body: { $jsonata: 'request.query.colour & request.query.`sort-by` & request.query.size' } },
  },
} as unknown as Operation;

it.each<[string, Json, string[]]>([
  ['nothing', null, ['id']],
  ['an empty text', { path: { id: '' } }, ['id']],
  ['what it needs', { path: { id: '7' } }, []],
])('knows which path parameters are missing from %s', (_, input, missing) =>
  expect(missingOfPath(operation, input)).toEqual(missing),
);

it('knows which names the steps read', () => {
  expect(readNames(operation, 'query')).toEqual(['size', 'colour', 'sort-by']);
  expect(readNames(operation, 'header')).toEqual(['x-id']);
});
