import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../document/types.ts';
import { editJson } from './json-edit.ts';

const edit = (text: string, change: (value: never) => void): string | undefined => {
  const after = JSON.parse(text) as never;
  change(after);
  return editJson(text, JSON.parse(text) as Json, after);
};

describe('editJson', () => {
  it.each<[string, string, (value: never) => void, string | undefined]>([
    [
      'a value, in a text with inline objects and tabs',
      '{\n\t"id": "a", "active": true,\n\t"list": [1, 2,  3]\n}',
      (value: { active: boolean }) => {
        value.active = false;
      },
      '{\n\t"id": "a", "active": false,\n\t"list": [1, 2,  3]\n}',
    ],
    [
      'a key that comes, at the end',
      '{\n    "id": "a"\n}\n',
      (value: { active?: boolean }) => {
        value.active = false;
      },
      '{\n    "id": "a",\n    "active": false\n}\n',
    ],
    [
      'a value deep inside',
      '{"operations": [ {"id": "x", "log": false}, {"id": "y"} ]}\r\n',
      (value: { operations: { log?: boolean }[] }) => {
        (value.operations[0] as { log?: boolean }).log = true;
      },
      '{"operations": [ {"id": "x", "log": true}, {"id": "y"} ]}\r\n',
    ],
    [
      'a value under a key that looks like a position',
      '{"responses": {"200": {"a": 1}}}',
      (value: { responses: { 200: { a: number } } }) => {
        value.responses[200].a = 2;
      },
      '{"responses": {"200": {"a": 2}}}',
    ],
    [
      'not items that go',
      '{"list": [1, 2]}',
      (value: { list: number[] }) => {
        value.list.pop();
      },
      undefined,
    ],
  ])('changes %s', (_, text, change, expected) => {
    expect(edit(text, change)).toBe(expected);
  });

  it('leaves large values to whoever writes the file anew', () => {
    const large = Array.from({ length: 100_000 }, (_, index) => index);
    expect(editJson('{"a":  1}', { a: 1 }, { a: large })).toBeUndefined();
    expect(editJson(`{"a":  ${JSON.stringify(large)}}`, { a: large }, { a: 1 })).toBeUndefined();
  });

  it('gives a text with just the content that was asked for, or none', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('0', '1', 'a'));
    const object = fc.dictionary(key, fc.jsonValue());
    fc.assert(
      fc.property(object, object, fc.constantFrom(undefined, 1, 2, '\t'), (before, after, indent) => {
        const edited = editJson(JSON.stringify(before, null, indent), before as Json, after as Json);
        if (edited !== undefined) expect(JSON.stringify(JSON.parse(edited))).toBe(JSON.stringify(after));
      }),
    );
  });
});
