import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Fields, recordFields, runFields } from './fields.ts';
import { parseQuery } from './parse.ts';
import { createPredicate, type Subject } from './predicate.ts';
import { QueryFault } from './query.ts';

const fits = (query: string, subject: Subject, fields: Fields = recordFields): boolean =>
  createPredicate(parseQuery(query, fields))(subject);

const record = {
  id: 'w1-17',
  time: '2026-11-21T10:00:00.123Z',
  level: 'warning',
  kind: 'usage',
  event: 'run',
  node: 'server/hello/get-hello/greet',
  run: '01JD0000000000000000000000',
  label: 'Test case',
  value: 7,
  input: {
    body: {
      email: 'a@b.C',
      items: [{ id: 7 }, { id: 8 }],
      'odd.key': 'x',
      n: '12',
      when: '2026-11-21T09:00:00Z',
      nothing: null,
      empty: [],
    },
    query: { name: 'Ünal' },
  },
  output: ['Hello World'],
  error: { name: 'Error', message: 'It is (really) over', code: 'raised' },
  ms: 12.5,
  method: 'GET',
  path: '/hello/World',
  status: 404,
  user: 'Ann',
  message: 'He said "no" \\ never',
} as const;

const cases: readonly [query: string, expected: boolean][] = [
  ['', true],
  ['  ', true],
  // Words: anywhere in a value, whatever its case; not in keys.
  ['hello', true],
  ['HELLO wOrLd', true],
  ['hello mars', false],
  ['email', false],
  ['12.5', true],
  ['ünal', true],
  ['hello*', false],
  ['orl', true],
  ['http://hello', false],
  // Phrases.
  ['"hello world"', true],
  ['"world hello"', false],
  ['"said \\"no\\" \\\\ never"', true],
  ['"(really)"', true],
  ['"OR"', true],
  ['""', true],
  // Not, or, and, groups.
  ['-mars', true],
  ['-hello', false],
  ['NOT mars', true],
  ['NOT -hello', true],
  ['mars OR hello', true],
  ['mars OR venus', false],
  ['mars OR hello world', true],
  ['(mars OR hello) -venus', true],
  ['(mars OR hello) venus', false],
  ['-(mars OR hello)', false],
  ['hello AND world', true],
  ['or', true],
  ['a-b', false],
  // Ids and enumerations: whole, or with wildcards.
  ['kind:usage', true],
  ['Kind:USAGE', true],
  ['event:ru', false],
  ['event:r*', true],
  ['event:*u*', true],
  ['event:*x*', false],
  ['id:w1-*', true],
  ['id:"w1-*"', false],
  ['user:ann', true],
  ['user:an', false],
  ['method:*', true],
  ['remote:*', false],
  ['-remote:*', true],
  // Texts for people: a part is enough.
  ['message:NEVER', true],
  ['label:case', true],
  ['path:world', true],
  ['path:/hello*', true],
  ['path:world*', false],
  ['label:"test case"', true],
  // The node, and all below it.
  ['node:server/hello', true],
  ['node:server/hell', false],
  ['node:server/hell*', true],
  ['node:server/hello/get-hello/greet', true],
  ['server:hello', true],
  ['server:hell', false],
  ['service:hello', false],
  ['operation:get-hello', true],
  ['type:http', true],
  // Levels, numbers, times.
  ['level:warning', true],
  ['level:info', false],
  ['level:>=warning', true],
  ['level:>warning', false],
  ['level:<error', true],
  ['ms:>12', true],
  ['ms:>12.5', false],
  ['ms:>=12.5', true],
  ['ms:<1e2', true],
  ['ms:12.50', true],
  ['status:404', true],
  ['status:4xx', true],
  ['status:5xx', false],
  ['status:40*', true],
  ['status:>=400 status:<500', true],
  ['time:>2026-11-21T10:00:00Z', true],
  ['time:<2026-11-21T11:00:00+01:00', false],
  ['time:>"2026-11-21T10:00:00.123Z"', false],
  ['time:2026-11-21', true],
  ['time:2026-11-20', false],
  ['time:2026-11-21T11:00:00.123+01:00', true],
  ['bytesIn:>0', false],
  // Paths into data.
  ['input.body.email:"a@b.c"', true],
  ['input.body.email:a@b.c', true],
  ['input.body.email:a@b', false],
  ['input.body.email:a@*', true],
  ['input.body.items.0.id:7', true],
  ['input.body.items.1.id:7', false],
  ['input.body.items.*.id:8', true],
  ['input.body.items.*.id:9', false],
  ['input.body.items.*.id:>7', true],
  ['input.body.items.*.id:>8', false],
  ['input.body.items.length:2', false],
  ['input.body.items:8', true],
  ['input.body.n:>11', true],
  ['input.body.n:12', true],
  ['input.body.when:<2026-11-21T10:00:00Z', true],
  ['input.body."odd.key":x', true],
  ['input.body.nothing:*', false],
  ['input.body.nothing:null', true],
  ['input.body.empty:*', true],
  ['input.body.missing:null', false],
  ['input.*.name:ünal', true],
  ['input.constructor:*', false],
  ['input.__proto__:*', false],
  ['input.body.items.0.toString:*', false],
  ['input:ünal', true],
  ['output:world', true],
  ['output.0:"hello world"', true],
  ['output.0:world', false],
  ['value:7', true],
  ['value:>6', true],
  ['error:really', true],
  ['error.code:raised', true],
  // As Pydio Cells writes it.
  ['+Level:warning +Ts:>1795255199', true],
  ['+Ts:>1795255201', false],
  ['+hello +mars', false],
];

/** As the log writes what was too long, and what JSON does not have. */
const wrapped = {
  input: {
    list: { $cut: { items: 90, head: [{ id: 1 }, { id: 2 }] } },
    object: { $cut: { items: 91, head: { id: 3, inner: { $cut: { items: 92, head: { id: 4 } } } } } },
    letter: { $cut: { bytes: 73211, hash: '9c41d07e', head: 'Dear Ann, this is' } },
    map: { $map: { id: 5, 'a key': [6] } },
    cutMap: { $map: { $cut: { items: 93, head: { id: 7 } } } },
    set: { $set: [8, { id: 9 }] },
    secret: { $literal: { $secret: 'name' } },
    own: { $map: { $set: { id: 10 } }, more: 1 },
    ownCut: { $cut: { depth: 94 } },
  },
  value: { $cut: { items: 95, head: ['first'] } },
} as const;
const wrappedCases: readonly [query: string, expected: boolean][] = [
  ['input.list.0.id:1', true],
  ['input.list.1.id:>1', true],
  ['input.list.0.id:2', false],
  ['input.list.*.id:2', true],
  ['input.object.id:3', true],
  ['input.object.inner.id:4', true],
  ['input.*.inner.id:4', true],
  ['input.map.id:5', true],
  ['input.map."a key".0:6', true],
  ['input.cutMap.id:7', true],
  ['input.set.0:8', true],
  ['input.set.*.id:9', true],
  ['input.secret.$secret:name', true],
  ['value.0:first', true],
  ['value.0:fir', false],
  // Of a cut text only the beginning is known; the hash stands for the whole.
  ['input.letter:dear', true],
  ['input.letter:"ann, this"', true],
  ['input.letter:dear*', true],
  ['input.letter:bob', false],
  ['input.letter:9c41d07e', true],
  ['input.letter:*', true],
  // How long it was is no data, unless it is asked for.
  ['input.list:90', false],
  ['input.letter:73211', false],
  ['input:95', false],
  ['value:95', false],
  ['input.list.$cut.items:90', true],
  ['input.letter.$cut.bytes:>70000', true],
  // Data may have such keys by itself.
  ['input.own.$map.id:10', true],
  ['input.own.id:10', false],
  ['input.ownCut.$cut.depth:94', true],
  ['input.ownCut:94', true],
];

describe('a query', () => {
  test.each(wrappedCases)('%s is %s for values that were cut or wrapped', (query, expected) => {
    expect(fits(query, wrapped)).toBe(expected);
  });

  test.each(cases)('%s is %s for a record', (query, expected) => {
    expect(fits(query, record)).toBe(expected);
  });

  test.each([
    ['state:failed level:error', true],
    ['level:>=warning', true],
    ['server:hello operation:get', true],
    ['type:http', true],
    ['run:01JD time:>2026-11-20T00:00:00Z', true],
    ['trigger:call', false],
    ['capture.reason:failed', true],
    ['boom', true],
  ] as const)('%s is %s for a run', (query, expected) => {
    const run = {
      id: '01JD',
      node: 'server/hello/get',
      operation: 'get',
      type: 'http',
      state: 'failed',
      status: 500,
      begin: '2026-11-21T10:00:00.000Z',
      ms: 4,
      trigger: 'request',
      error: { message: 'boom' },
      capture: { reason: 'failed' },
    };
    expect(fits(query, run, runFields)).toBe(expected);
  });
});

const faultOf = (query: string, fields?: Fields): QueryFault => {
  try {
    parseQuery(query, fields);
  } catch (thrown) {
    if (thrown instanceof QueryFault) return thrown;
    throw thrown;
  }
  throw new Error(`The query was taken: ${query}`);
};

describe('a query that cannot be understood', () => {
  test.each([
    ['(a b', 1, /not closed/],
    ['a b)', 4, /without a "\("/],
    ['()', 2, /found "\)"/],
    ['a OR', 5, /found the end/],
    ['OR a', 1, /found OR/],
    ['a AND AND b', 7, /found AND/],
    ['NOT', 4, /found the end/],
    ['a -', 3, /lone "-"/],
    ['😀 "open', 3, /not closed/],
    ['levle:error', 1, /Did you mean "level"/],
    ['zzzzzz:1', 1, /Fields are id, time/],
    ['localhost:8080', 1, /put it in quotes/],
    ['level:high', 7, /debug, info, warning or error/],
    ['level:eror', 7, /Did you mean "error"/],
    ['kind:all', 6, /application, usage/],
    ['ms:fast', 4, /must be a number/],
    ['ms:>fast', 5, /a number, found "fast"/],
    ['status:9xx', 8, /5xx/],
    ['time:>yesterday', 7, /RFC 3339/],
    ['time:2026-02-30', 6, /RFC 3339/],
    ['node:>server', 7, /cannot be compared/],
    ['input:>1', 8, /input\.count:>10/],
    ['message.x:1', 1, /nothing inside/],
    ['ms:', 4, /needs a value/],
    ['ms: 5', 4, /needs a value/],
    ['user:a(b)', 7, /Put the value in quotes/],
  ] as const)('%s fails at column %i', (query, column, reason) => {
    const fault = faultOf(query);
    expect([fault.column, fault.message.startsWith(`Column ${column}: `)]).toEqual([column, true]);
    expect(fault.reason).toMatch(reason);
  });

  test('is also one that is too long, too deep or has too many terms', () => {
    expect(faultOf('a'.repeat(4097)).reason).toMatch(/4097 characters; it may have 4096/);
    expect(faultOf(`${'('.repeat(33)}a${')'.repeat(33)}`).reason).toMatch(/nested more than 32/);
    expect(faultOf(`${'-'.repeat(40)}a`).reason).toMatch(/nested more than 32/);
    expect(faultOf('a '.repeat(101)).reason).toMatch(/more than 100 terms/);
    expect(fits(`${'('.repeat(32)}hello${')'.repeat(32)}`, record)).toBe(true);
    expect(fits('hello '.repeat(100), record)).toBe(true);
    expect(faultOf('input.n:1', runFields).reason).toMatch(
      /there is no field "input"\. Records have it, runs have id, node/,
    );
  });

  test('never fails otherwise, whatever is written', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '(',
        ')',
        '"',
        '-',
        '+',
        ' ',
        'OR',
        'AND',
        'NOT',
        ':',
        '>',
        '*',
        '\\',
        '.',
        'level',
        'input',
        'ms',
        '__proto__',
      ),
      fc.string(),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        try {
          fits(pieces.join(''), record);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(QueryFault);
          expect((thrown as QueryFault).column).toBeGreaterThan(0);
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('hostile queries and data', () => {
  /** Milliseconds; what is not linear takes seconds at these sizes. */
  const timeOf = (work: () => void): number => {
    const begun = performance.now();
    work();
    return performance.now() - begun;
  };
  const long = 'a'.repeat(1_000_000);

  test.each([
    ['many wildcards', `message:${'*a'.repeat(2000)}*c*`],
    ['a long word that nearly fits', `${'a'.repeat(4000)}b`],
    ['a long word with a late beginning', `b${'a'.repeat(4000)}`],
    ['a long word with an odd middle', `${'a'.repeat(2000)}b${'a'.repeat(2000)}`],
    ['the same in a pattern', `message:*${'a'.repeat(2000)}b${'a'.repeat(2000)}*`],
    ['alternating', `${'ab'.repeat(2000)}c`],
  ])('%s take time in proportion to the text', (_, query) => {
    for (const text of [long, 'ab'.repeat(500_000)]) {
      const test = createPredicate(parseQuery(query));
      expect(timeOf(() => expect(test({ message: text })).toBe(false))).toBeLessThan(2000);
    }
  });

  test('data of any depth and width', () => {
    let deep: unknown = 'needle';
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(fits('needle', { input: deep })).toBe(true);
    expect(fits(`input${'.*'.repeat(30)}:needle`, { input: deep })).toBe(true);
    const wide = { input: { items: Array.from({ length: 100_000 }, (_, id) => ({ id })) } };
    expect(fits('input.items.*.id:99999', wide)).toBe(true);
    expect(fits('input.items.*.id:100000', wide)).toBe(false);
    expect(fits('input.items.99999.id:99999', wide)).toBe(true);
  });

  test('wrappers inside each other', () => {
    let deep: unknown = { id: 7 };
    for (let i = 0; i < 10_000; i++) deep = { $map: deep };
    expect(timeOf(() => expect(fits(`input${'.*'.repeat(31)}:8`, { input: deep })).toBe(false))).toBeLessThan(2000);
    expect(fits('input:7', { input: deep })).toBe(true);
    expect(fits('input.id:7', { input: { $literal: { $map: { $cut: { items: 2, head: { id: 7 } } } } } })).toBe(true);
  });

  test('keys that a prototype has are data', () => {
    const data = JSON.parse('{"input":{"__proto__":{"x":"own"},"constructor":"mine","hasOwnProperty":1}}') as Subject;
    expect([fits('input.__proto__.x:own', data), fits('input.constructor:mine', data), fits('own mine', data)]).toEqual(
      [true, true, true],
    );
    expect(fits('constructor', { node: 'server/x' })).toBe(false);
    expect(faultOf('constructor:x').reason).toMatch(/there is no field/);
    expect(faultOf('__proto__:x OR (').column).toBeGreaterThan(0);
  });
});
