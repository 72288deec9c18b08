import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { type ActionContext, type ActionDefinition, ActionFailure, isEqual } from '../../actions/kit/index.ts';
import { runAction } from '../support/run-action.ts';

const run = (id: string, given: Record<string, unknown>): unknown =>
  runAction(actionById.get(id) as ActionDefinition, given, {} as ActionContext);

const refusal = (id: string, given: Record<string, unknown>): string => {
  try {
    run(id, given);
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  return 'accepted';
};

/** Documents with few keys, so that two of them have much in common; some keys have a meaning elsewhere. */
const key = fc.constantFrom('a', 'b', 'c', '', 'a/b', '~1', '__proto__', 'constructor', '0', '-');
const document = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(0, 1, 'x', '', true, null),
    fc.array(tie('any'), { maxLength: 5 }),
    fc.dictionary(key, tie('any'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).any;
const objects = fc.dictionary(key, document, { maxKeys: 5, noNullPrototype: true });

const freeze = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) freeze(part);
  return Object.freeze(value);
};

describe('object/patch', () => {
  it.each<[string, unknown, unknown[], unknown]>([
    ['adds an object member', { foo: 'bar' }, [{ op: 'add', path: '/baz', value: 'qux' }], { baz: 'qux', foo: 'bar' }],
    [
      'adds an array element',
      { foo: ['bar', 'baz'] },
      [{ op: 'add', path: '/foo/1', value: 'qux' }],
      { foo: ['bar', 'qux', 'baz'] },
    ],
    ['removes an object member', { baz: 'qux', foo: 'bar' }, [{ op: 'remove', path: '/baz' }], { foo: 'bar' }],
    [
      'removes an array element',
      { foo: ['bar', 'qux', 'baz'] },
      [{ op: 'remove', path: '/foo/1' }],
      { foo: ['bar', 'baz'] },
    ],
    [
      'replaces a value',
      { baz: 'qux', foo: 'bar' },
      [{ op: 'replace', path: '/baz', value: 'boo' }],
      { baz: 'boo', foo: 'bar' },
    ],
    [
      'moves a value',
      { foo: { bar: 'baz', waldo: 'fred' }, qux: { corge: 'grault' } },
      [{ op: 'move', from: '/foo/waldo', path: '/qux/thud' }],
      { foo: { bar: 'baz' }, qux: { corge: 'grault', thud: 'fred' } },
    ],
    [
      'moves an array element',
      { foo: ['all', 'grass', 'cows', 'eat'] },
      [{ op: 'move', from: '/foo/1', path: '/foo/3' }],
      { foo: ['all', 'cows', 'eat', 'grass'] },
    ],
    [
      'tests values',
      { baz: 'qux', foo: ['a', 2, 'c'] },
      [
        { op: 'test', path: '/baz', value: 'qux' },
        { op: 'test', path: '/foo/1', value: 2 },
      ],
      { baz: 'qux', foo: ['a', 2, 'c'] },
    ],
    [
      'adds a nested object',
      { foo: 'bar' },
      [{ op: 'add', path: '/child', value: { grandchild: {} } }],
      { foo: 'bar', child: { grandchild: {} } },
    ],
    [
      'ignores members it does not know',
      { foo: 'bar' },
      [{ op: 'add', path: '/baz', value: 'qux', xyz: 123 }],
      { foo: 'bar', baz: 'qux' },
    ],
    ['reads ~01 as ~1', { '/': 9, '~1': 10 }, [{ op: 'test', path: '/~01', value: 10 }], { '/': 9, '~1': 10 }],
    [
      'adds an array as one value',
      { foo: ['bar'] },
      [{ op: 'add', path: '/foo/-', value: ['abc', 'def'] }],
      { foo: ['bar', ['abc', 'def']] },
    ],
    ['replaces the document', { a: 1 }, [{ op: 'replace', path: '', value: 2 }], 2],
    ['removes the document', { a: 1 }, [{ op: 'remove', path: '' }], null],
    ['moves a value to where it is', { a: 1 }, [{ op: 'move', from: '/a', path: '/a' }], { a: 1 }],
    ['moves a value to the document', { a: { b: 1 } }, [{ op: 'move', from: '/a', path: '' }], { b: 1 }],
    ['copies the document into itself', { a: 1 }, [{ op: 'copy', from: '', path: '/b' }], { a: 1, b: { a: 1 } }],
    ['reads the empty key', { '': { '': 1 } }, [{ op: 'replace', path: '//', value: 2 }], { '': { '': 2 } }],
    [
      'sets __proto__ as a key',
      {},
      [{ op: 'add', path: '/__proto__', value: { x: 1 } }],
      JSON.parse('{"__proto__":{"x":1}}'),
    ],
    [
      'keeps null apart from nothing',
      { a: null },
      [
        { op: 'test', path: '/a', value: null },
        { op: 'replace', path: '/a', value: 1 },
      ],
      { a: 1 },
    ],
  ])('%s', (_, object, patch, result) => {
    expect(run('object/patch', { object: freeze(object), patch: freeze(patch) })).toStrictEqual(result);
  });

  const object = { a: { b: [1, 2] }, t: 'x' };
  it.each<[unknown, string]>([
    [{ op: 'add', path: '/x/y', value: 1 }, 'path-unknown: `patch[0].path` leads to "x" (text)'],
    [{ op: 'add', path: '/a/b/3', value: 1 }, 'path-unknown'],
    [{ op: 'add', path: '/a/b/01', value: 1 }, 'path-unknown'],
    [{ op: 'add', path: '/a/b/1e0', value: 1 }, 'path-unknown'],
    [{ op: 'add', path: '/t/0', value: 1 }, 'path-unknown'],
    [{ op: 'remove', path: '/a/b/-' }, 'path-unknown'],
    [{ op: 'remove', path: '/a/b/2' }, 'path-unknown'],
    [{ op: 'remove', path: '/toString' }, 'path-unknown'],
    [{ op: 'remove', path: '/__proto__/x' }, 'path-unknown'],
    [{ op: 'replace', path: '/a/c', value: 1 }, 'path-unknown'],
    [{ op: 'move', from: '/c', path: '/d' }, 'path-unknown: `patch[0].from`'],
    [{ op: 'test', path: '/c', value: 1 }, 'path-unknown'],
    [
      { op: 'test', path: '/t', value: 'y' },
      'test-failed: `patch[0]` expects "y" (text) at its path, found "x" (text)',
    ],
    [{ op: 'move', from: '/a', path: '/a/b' }, 'input-invalid: `patch[0].path` is inside of `patch[0].from`'],
    [{ op: 'add', path: 'a', value: 1 }, 'input-invalid: `patch[0].path` must be a JSON Pointer'],
    [{ op: 'add', path: '/~2', value: 1 }, 'input-invalid'],
    [{ op: 'add', path: 7, value: 1 }, 'input-invalid'],
    [{ op: 'add', path: '/a' }, 'input-invalid: `patch[0].value` is missing'],
    [{ op: 'copy', path: '/a' }, 'input-invalid: `patch[0].from` must be'],
    [{ op: 'Add', path: '/a', value: 1 }, 'input-invalid: `patch[0].op` must be one of add, remove'],
    ['add', 'input-invalid: `patch[0]` must be an operation'],
  ])('refuses %j', (operation, message) =>
    expect(refusal('object/patch', { object, patch: [operation] })).toContain(message),
  );

  it('is refused as a whole when one operation is', () => {
    const patch = [
      { op: 'add', path: '/n', value: 1 },
      { op: 'remove', path: '/n' },
      { op: 'remove', path: '/n' },
    ];
    expect(refusal('object/patch', { object, patch })).toContain('path-unknown: `patch[2].path`');
    expect(object).toStrictEqual({ a: { b: [1, 2] }, t: 'x' });
  });

  it('does not grow without bound by copies of copies', () => {
    const patch = Array.from({ length: 60 }, () => ({ op: 'copy', from: '/a', path: '/a/-' }));
    expect(refusal('object/patch', { object: { a: [1, 2] }, patch })).toContain('more than 1000000 members');
  });

  it('does not work without bound on a large document', () => {
    const wide = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 0]));
    const changes = Array.from({ length: 5000 }, () => ({ op: 'add', path: '/k0', value: 1 }));
    expect(refusal('object/patch', { object: wide, patch: changes })).toContain('too much work');
    const patch = Array.from({ length: 5000 }, () => ({ op: 'replace', path: '/0', value: 1 }));
    expect(refusal('object/patch', { object: Array(20_000).fill(0), patch })).toContain('too much work');
  });
});

describe('object/merge-patch', () => {
  it.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [
      ['a', 'b'],
      ['c', 'd'],
      ['c', 'd'],
    ],
    [{ a: 'b' }, ['c'], ['c']],
    [{ a: 'foo' }, null, null],
    [{ a: 'foo' }, 'bar', 'bar'],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j and %j is as RFC 7396 lists it', (object, patch, result) =>
    expect(run('object/merge-patch', { object: freeze(object), patch: freeze(patch) })).toStrictEqual(result),
  );
});

describe('object/diff', () => {
  it('gives a patch that makes the second document of the first', () =>
    fc.assert(
      fc.property(document, document, (object, other) => {
        const patch = run('object/diff', { object: freeze(object), with: freeze(other) }) as unknown[];
        expect(isEqual(run('object/patch', { object, patch }), other)).toBe(true);
        expect(patch.length === 0).toBe(isEqual(object, other));
      }),
    ));

  it('needs one operation for one change in an array, wherever it is', () =>
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 20 }), fc.nat(), (array, at) => {
        const index = at % array.length;
        const longer = array.toSpliced(index, 0, 'new');
        expect(run('object/diff', { object: array, with: longer })).toHaveLength(1);
        expect(run('object/diff', { object: longer, with: array })).toHaveLength(1);
        expect(run('object/diff', { object: array, with: array.with(index, 'new') })).toHaveLength(
          array[index] === 'new' ? 0 : 1,
        );
      }),
    ));

  it('compares dates and binary data as values', () => {
    const object = { at: new Date(0), raw: new Uint8Array([1]) };
    expect(run('object/diff', { object, with: { at: new Date(0), raw: new Uint8Array([1]) } })).toStrictEqual([]);
    expect(run('object/diff', { object, with: { at: new Date(1), raw: new Uint8Array([1]) } })).toStrictEqual([
      { op: 'replace', path: '/at', value: new Date(1) },
    ]);
  });

  it('of large arrays does not compare all with all', () => {
    const object = Array.from({ length: 20_000 }, (_, index) => ({ index }));
    const other = object.map(({ index }) => ({ index: index + 1 }));
    expect(run('object/diff', { object, with: other })).toHaveLength(20_000);
  });
});

describe('object/flatten and object/unflatten', () => {
  /** Without what a flat object cannot tell: keys with the separator, and objects that look like arrays. */
  const name = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'x y', '01', '1.');
  const tree = fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom<unknown>(0, 'x', null, [], {}),
      fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
      fc.dictionary(name, tie('any'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    ),
  })).any;

  it('undo each other', () =>
    fc.assert(
      fc.property(
        fc.dictionary(name, tree, { noNullPrototype: true }),
        fc.constantFrom('/', '->', '__'),
        (object, separator) => {
          fc.pre(separator !== '__' || !JSON.stringify(object).includes('__proto__'));
          const flat = run('object/flatten', { object: freeze(object), separator }) as object;
          for (const value of Object.values(flat))
            expect(typeof value === 'object' ? Object.keys(value ?? {}) : []).toEqual([]);
          expect(isEqual(run('object/unflatten', { object: flat, separator }), object)).toBe(true);
        },
      ),
    ));

  it('make no array of gaps, signs or leading zeros', () => {
    const kept = { a: { 1: 'x' }, b: { '00': 'x' }, c: { '-0': 'x' }, d: { 4294967295: 'x' }, e: { 0: 'x', 2: 'x' } };
    const object = run('object/flatten', { object: kept });
    expect(run('object/unflatten', { object })).toStrictEqual(kept);
    expect(run('object/unflatten', { object: { 'a.0': 1 }, arrays: false })).toStrictEqual({ a: { 0: 1 } });
  });

  it.each([[{ a: 1, 'a.b': 2 }], [{ 'a.b': 2, a: 1 }], [{ 'a.b': 1, 'a.b.c': 2 }]])(
    'find the conflict in %j',
    (object) => expect(refusal('object/unflatten', { object })).toContain('key-conflict'),
  );

  it('refuse what is too deep or too large', () => {
    let nested: unknown = 1;
    let shared: unknown = 1;
    for (let level = 0; level < 2000; level += 1) nested = { a: nested };
    for (let level = 0; level < 60; level += 1) shared = { a: shared, b: shared };
    expect(refusal('object/flatten', { object: nested })).toContain('deeper than 1000 levels');
    expect(refusal('object/unflatten', { object: { ['a.'.repeat(5000)]: 1 } })).toContain('deeper than 1000 levels');
    expect(refusal('object/flatten', { object: shared })).toContain('would make more than');
    const long = 'x'.repeat(6_000_000);
    expect(refusal('object/flatten', { object: { [long]: { a: 1, b: 2 } } })).toContain(
      'more than 10000000 characters',
    );
  });
});

describe('object/pick and object/omit', () => {
  const path = fc.array(fc.oneof(key, fc.constant('*'), fc.integer({ min: -2, max: 2 })), {
    minLength: 1,
    maxLength: 3,
  });

  it('leave nothing out together: what is not picked stays when it is omitted', () =>
    fc.assert(
      fc.property(objects, fc.array(path, { maxLength: 4 }), (object, paths) => {
        const leaves = (data: unknown): number =>
          Object.values(run('object/flatten', { object: { data } }) as object).filter(
            (leaf) => typeof leaf !== 'object' || leaf === null,
          ).length;
        const picked = run('object/pick', { object: freeze(object), paths });
        const others = run('object/omit', { object, paths });
        expect(leaves(picked) + leaves(others)).toBe(leaves(object));
      }),
    ));

  it('pick what get-in reads', () =>
    fc.assert(
      fc.property(objects, fc.array(key, { minLength: 1, maxLength: 3 }), (object, keys) => {
        const picked = run('object/pick', { object, paths: [keys] });
        const read = run('object/get-in', { object, path: keys });
        expect(isEqual(run('object/get-in', { object: picked, path: keys }), read)).toBe(true);
      }),
    ));

  it('look once at what is shared, and not at more than there may be', () => {
    let shared: unknown = 1;
    for (let level = 0; level < 60; level += 1) shared = [shared, shared];
    const end = [...Array(60).fill(0)];
    const picked = run('object/pick', { object: shared, paths: [Array(60).fill('*')] });
    expect(run('object/get-in', { object: picked, path: end })).toBe(1);
    const omitted = run('object/omit', { object: shared, paths: [Array(60).fill('*')] });
    expect(run('object/get-in', { object: omitted, path: end.slice(1) })).toStrictEqual([]);
    expect(refusal('object/omit', { object: shared, paths: [Array(2000).fill('*')] })).toContain('deeper than 1000');
    const object = [Array(1_000_001).fill(0)];
    expect(refusal('object/pick', { object, paths: [['*', '*']] })).toContain('more than 1000000 members');
  });
});

describe('object/put-in', () => {
  it('sets what get-in reads, and nothing else', () =>
    fc.assert(
      fc.property(objects, fc.array(key, { minLength: 1, maxLength: 3 }), (object, path) => {
        let result: unknown;
        try {
          result = run('object/put-in', { object: freeze(object), path, value: 'new' });
        } catch (thrown) {
          expect((thrown as ActionFailure).code).toBe('input-invalid');
          return;
        }
        expect(run('object/get-in', { object: result, path })).toBe('new');
        const [first] = path;
        for (const name of Object.keys(object)) {
          if (name !== first) expect((result as Record<string, unknown>)[name]).toBe(object[name]);
        }
      }),
    ));

  it.each<[unknown, unknown[], unknown]>([
    [{}, [0], { 0: 'new' }],
    [{ a: null }, ['a', 2], { a: [null, null, 'new'] }],
    [{ a: [1] }, ['a', -1], { a: ['new'] }],
    [[{ b: 1 }], [0, 'b'], [{ b: 'new' }]],
    [{}, ['__proto__', 'polluted'], JSON.parse('{"__proto__":{"polluted":"new"}}')],
  ])('in %j at %j', (object, path, result) => {
    expect(run('object/put-in', { object: freeze(object), path, value: 'new' })).toStrictEqual(result);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each<[unknown, unknown[], string]>([
    [{ a: [1] }, ['a', -2], '`path[1]` is -2, but there is an array of 1 item'],
    [{ a: [1] }, ['a', 'b'], '`path[1]` is a text, but there is an array of 1 item'],
    [{ a: 'x' }, ['a', 'b'], 'but there is "x" (text)'],
    [{}, Array(1001).fill('a'), 'deeper than 1000 levels'],
  ])('refuses %j at %j', (object, path, message) =>
    expect(refusal('object/put-in', { object, path, value: 1 })).toContain(message),
  );
});

describe('object/deep-merge', () => {
  it('has the second everywhere, and the first where the second says nothing', () =>
    fc.assert(
      fc.property(objects, objects, fc.constantFrom('replace', 'merge'), (object, other, arrays) => {
        const merged = run('object/deep-merge', { object: freeze(object), with: freeze(other), arrays });
        expect(isEqual(run('object/deep-merge', { object: merged, with: other, arrays }), merged)).toBe(true);
        expect(isEqual(run('object/deep-merge', { object, with: {}, arrays }), object)).toBe(true);
        expect(Object.keys(merged as object).sort()).toStrictEqual(
          [...new Set([...Object.keys(object), ...Object.keys(other)])].sort(),
        );
      }),
    ));

  it('merges what is shared only once, and not more than there may be', () => {
    const sharedOf = (end: unknown): unknown => {
      let data: unknown = { end };
      for (let level = 0; level < 60; level += 1) data = { a: data, b: data };
      return data;
    };
    const path = [...Array(60).fill('b'), 'end'];
    const merged = run('object/deep-merge', { object: sharedOf(1), with: sharedOf(2) });
    expect(run('object/get-in', { object: merged, path })).toBe(2);
    const patched = run('object/merge-patch', { object: {}, patch: sharedOf(null) });
    expect(run('object/get-in', { object: patched, path: path.slice(0, -1) })).toStrictEqual({});
    expect(run('object/is-equal', { object: sharedOf(1), 'another-object': sharedOf(1) })).toBe(true);
    expect(run('object/is-equal', { object: sharedOf(1), 'another-object': sharedOf(2) })).toBe(false);
    const lists = { object: { a: Array(600_000) }, with: { a: Array(600_000) }, arrays: 'concatenate' };
    expect(refusal('object/deep-merge', lists)).toContain('more than 1000000 members');
  });
});

describe('object/rename', () => {
  it.each([
    ['orderID', 'order_id', 'orderId', 'OrderId', 'order-id', 'ORDER_ID'],
    ['HTTPServer', 'http_server', 'httpServer', 'HttpServer', 'http-server', 'HTTP_SERVER'],
    ['line-2 total', 'line_2_total', 'line2Total', 'Line2Total', 'line-2-total', 'LINE_2_TOTAL'],
    ['address2', 'address2', 'address2', 'Address2', 'address2', 'ADDRESS2'],
    ['straßenName', 'straßen_name', 'straßenName', 'StraßenName', 'straßen-name', 'STRASSEN_NAME'],
    ['_id', '_id', '_id', '_Id', '_id', '_ID'],
    ['$ref', '$ref', '$ref', '$Ref', '$ref', '$REF'],
    ['名前', '名前', '名前', '名前', '名前', '名前'],
    ['---', '---', '---', '---', '---', '---'],
    ['', '', '', '', '', ''],
  ])('writes %j in every style', (name, ...written) => {
    const styles = ['snake-case', 'camel-case', 'pascal-case', 'kebab-case', 'constant-case'];
    expect(
      styles.map((style) => Object.keys(run('object/rename', { object: { [name]: 1 }, style }) as object)[0]),
    ).toEqual(written);
  });

  it('goes back and forth between snake and camel case', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'z'), minLength: 2, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), (words) => {
        const object = { list: [{ [words.join('_')]: { inner: 1 } }] };
        const camel = run('object/rename', { object, style: 'camel-case', deep: true });
        expect(run('object/rename', { object: camel, style: 'snake-case', deep: true })).toStrictEqual(object);
      }),
    );
  });

  it('reads a long name in linear time', () => {
    for (const part of ['A', 'Aa', '_', 'a_', 'A_', ' -', 'é1']) {
      const object = { [part.repeat(200_000)]: 1 };
      expect(Object.values(run('object/rename', { object, style: 'kebab-case' }) as object)).toEqual([1]);
    }
  });
});

describe('object/map-values', () => {
  it.each<[string, (answer: unknown) => unknown]>([
    ['at once', (answer) => answer],
    ['later', (answer) => Promise.resolve(answer)],
  ])('sees each key once and in order, with steps that answer %s', async (_, answer) => {
    const seen: unknown[] = [];
    const foreach = (locals: Record<string, unknown>): unknown => {
      const { index, key: name, value } = locals.pair as Record<string, unknown>;
      seen.push([index, name, value]);
      return answer(value === 2 ? undefined : [value]);
    };
    const object = JSON.parse('{"a":1,"__proto__":2}');
    const result = (await run('object/map-values', { object, foreach, scope: 'pair' })) as object;
    expect(Object.entries(result)).toStrictEqual([
      ['a', [1]],
      ['__proto__', null],
    ]);
    expect(seen).toStrictEqual([
      [0, 'a', 1],
      [1, '__proto__', 2],
    ]);
  });
});

it('object/to-delimited-string refuses what would be too long before it makes it', () => {
  const given = { object: { a: 'x'.repeat(1_000_000) }, separator: '=', delimiter: ',' };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a form is written.
  const form = '${value}'.repeat(100_000);
  expect(refusal('object/to-delimited-string', { ...given, value_interpolation: form })).toContain(
    '10000000 characters',
  );
  const object = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`k${index}`, 1]));
  expect(refusal('object/to-delimited-string', { ...given, object, delimiter: 'y'.repeat(20_000) })).toContain(
    '10000000 characters',
  );
});
