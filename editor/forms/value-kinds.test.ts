import { describe, expect, it } from 'vitest';
import { expressionKind } from '../../engine/document/expression.ts';
import type { Json } from '../../engine/document/types.ts';
import { convert, kindOf, type ValueKind, valueKinds } from './value-kinds.ts';

const kinds: [Json | undefined, ValueKind][] = [
  [undefined, 'literal'],
  [null, 'literal'],
  ['{{a}}', 'literal'],
  [{ $literal: { $ref: ['a'] } }, 'literal'],
  [{ $ref: ['request', 'body'] }, 'reference'],
  [{ $ref: [] }, 'literal'],
  [{ $ref: ['a'], title: 'b' }, 'literal'],
  [{ $jsonata: '1' }, 'jsonata'],
  [{ $template: 'a' }, 'template'],
  [{ $op: 'equal', of: [1, 2] }, 'comparison'],
  [{ $secret: 'a' }, 'secret'],
  [{ $do: { actions: [] } }, 'steps'],
];

const ref: Json = { $ref: ['request', 'header', 'x-id', 0] };
const steps: Json = { $do: { actions: [{ id: 'a', action: 'string/join' }], output: 1 } };

const conversions: [string, Json | undefined, ValueKind, Json | undefined, Json?][] = [
  ['the same kind stays', ref, 'reference', ref],
  ['nothing becomes what a literal begins with', undefined, 'literal', 7, 7],
  ['a text becomes a template', 'a b', 'template', { $template: 'a b' }],
  ['braces of a text stay braces', 'a {{b', 'template', { $template: 'a {{"{{"}}b' }],
  ['and come back', { $template: 'a {{"{{"}}b' }, 'literal', 'a {{b'],
  ['a template becomes its text', { $template: 'Hi {{a}}' }, 'literal', 'Hi {{a}}'],
  ['but no number', { $template: 'Hi {{a}}' }, 'literal', 0, 0],
  ['a text becomes JSONata', 'a "b"', 'jsonata', { $jsonata: '"a \\"b\\""' }],
  ['and comes back', { $jsonata: '"a \\"b\\""' }, 'literal', 'a "b"'],
  ['a number in JSONata is a number', { $jsonata: ' 12 ' }, 'literal', 12],
  ['an expression is no literal', { $jsonata: 'a.b' }, 'literal', ''],
  [
    'a literal that looks like an expression is wrapped',
    { $jsonata: '{"$ref": ["a"]}' },
    'literal',
    { $literal: { $ref: ['a'] } },
  ],
  ['a reference becomes JSONata', ref, 'jsonata', { $jsonata: 'request.header.`x-id`[0]' }],
  ['and comes back', { $jsonata: 'request.header.`x-id`[0]' }, 'reference', ref],
  ['a minus is no part of a name', { $jsonata: 'request.x-id' }, 'reference', undefined],
  ['a word of JSONata is quoted', { $ref: ['variables', 'and'] }, 'jsonata', { $jsonata: 'variables.`and`' }],
  ['a computed part has no JSONata', { $ref: ['variables', { $ref: ['input'] }] }, 'jsonata', { $jsonata: '' }],
  ['a reference becomes a template', { $ref: ['input', 'a'] }, 'template', { $template: '{{input.a}}' }],
  ['and comes back', { $template: '{{ input.a }}' }, 'reference', { $ref: ['input', 'a'] }],
  ['a template of more is no reference', { $template: 'a{{input.a}}' }, 'reference', undefined],
  ['a template is a concatenation', { $template: 'a {{b.c}}{{1+1}}' }, 'jsonata', { $jsonata: '"a " & b.c & (1+1)' }],
  ['one expression in a template is a text', { $template: '{{a}}' }, 'jsonata', { $jsonata: '$string(a)' }],
  [
    'braces in an expression do not end it',
    { $template: '{{ {"a": {"b": "}}"}} }}' },
    'jsonata',
    { $jsonata: '$string(({"a": {"b": "}}"}}))' },
  ],
  [
    'an object becomes JSONata',
    { a: { $ref: ['input'] }, b: [1, 'x'] },
    'jsonata',
    { $jsonata: '{"a": input, "b": [1, "x"]}' },
  ],
  ['a secret in it cannot', { a: { $secret: 's' } }, 'jsonata', { $jsonata: '' }],
  [
    'a comparison becomes JSONata',
    { $op: 'greater-than-or-equal', of: [{ $ref: ['input', 'a'] }, 5] },
    'jsonata',
    { $jsonata: 'input.a >= 5' },
  ],
  [
    'nested ones in brackets',
    {
      $op: 'and',
      of: [
        { $op: 'not', of: [true] },
        { $op: 'equal', of: ['a', 'b'] },
      ],
    },
    'jsonata',
    { $jsonata: '($not(true)) and ("a" = "b")' },
  ],
  ['a value becomes the left one', ref, 'comparison', { $op: 'equal', of: [ref, ''] }],
  ['and comes back', { $op: 'equal', of: [ref, ''] }, 'reference', ref],
  ['a secret has to be chosen', 'a', 'secret', undefined],
  ['a value becomes the output of steps', 'a', 'steps', { $do: { actions: [], output: 'a' } }],
  ['and comes back', { $do: { actions: [], output: 'a' } }, 'literal', 'a'],
  ['nothing becomes no steps', undefined, 'steps', { $do: { actions: [] } }],
  ['steps are no literal', steps, 'literal', ''],
  ['nor an expression', steps, 'jsonata', { $jsonata: '' }],
];

describe('kinds of values', () => {
  it.each(kinds)('%j is a %s', (value, kind) => expect(kindOf(value)).toBe(kind));
  it.each(conversions)('%s', (_, value, to, result, empty = '') => expect(convert(value, to, empty)).toEqual(result));

  it('gives a value of the kind that was asked for, or none', () => {
    for (const [value] of kinds)
      for (const to of valueKinds) {
        const converted = convert(value, to, '');
        if (converted !== undefined) expect([to, kindOf(converted)]).toEqual([to, to]);
        else expect(['reference', 'secret']).toContain(to);
      }
  });

  it('never changes what it converts', () => {
    const frozen = Object.freeze({ $op: 'equal', of: Object.freeze([1, 2]) }) as unknown as Json;
    for (const to of valueKinds) convert(frozen, to, '');
    expect(expressionKind(frozen)).toBe('$op');
  });
});
