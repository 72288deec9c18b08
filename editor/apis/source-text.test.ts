import { describe, expect, it } from 'vitest';
import { kindOfSource, openapiFault, parseSource, sourceTextOf } from './source-text.ts';

describe('the source of an API', () => {
  it.each([
    ['{"openapi": "3.1.0"}', '', 'json'],
    ['  [1]', '', 'json'],
    ['openapi: 3.1.0', '', 'yaml'],
    ['{a: 1}', 'pets.yaml', 'yaml'],
  ] as const)('%j of %j is %s', (text, file, kind) => expect(kindOfSource(text, file)).toBe(kind));

  const document = {
    openapi: '3.1.0',
    info: { title: 'Pets', version: '1.0', description: 'Two\nlines: and a #' },
    paths: { '/pets/{id}': { get: { responses: { 200: { description: 'yes' } }, deprecated: true } } },
    'x-odd': [null, 1.5, 'no', '1.0', '', []],
  };
  it.each(['json', 'yaml'] as const)('is the same after being written as %s and read again', async (kind) => {
    expect(await parseSource(await sourceTextOf(document, kind), kind)).toEqual({ value: document });
  });

  it.each([
    ['', 'json', /empty/],
    ['{\n  "a": 1,\n}', 'json', /^Line 3, column 1: /],
    ['{"a": 1, "a": 2}', 'json', /"a" twice/],
    ['a: 1\na: 2', 'yaml', /^Line 2, column 1: .*unique/],
    ['a: [1', 'yaml', /^Line 1, /],
    ['a: .inf', 'yaml', /Infinity at \/a cannot be written as JSON/],
  ] as const)('%j as %s has a problem with its place', async (text, kind, problem) => {
    expect((await parseSource(text, kind)).problem).toMatch(problem);
  });

  it.each([
    [{ openapi: '3.0.3' }, null],
    [{ swagger: '2.0' }, /Swagger, of the version "2.0"/],
    [{ openapi: 3 }, /found "3"/],
    [{}, /found nothing/],
    [[], /is an object/],
  ])('%j: %s', (value, fault) => {
    const said = openapiFault(value as never);
    if (fault === null) expect(said).toBeNull();
    else expect(said).toMatch(fault);
  });
});
