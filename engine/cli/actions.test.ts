import { Writable } from 'node:stream';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { actions as wholeLibrary } from '../../actions/index.ts';
import {
  any,
  array,
  defineAction,
  integer,
  lazy,
  oneOf,
  optional,
  rows,
  schema,
  string,
} from '../../actions/kit/index.ts';
import { type ActionsOptions, actions } from './actions.ts';
import { wrap, wrapMarkdown } from './paragraphs.ts';

const take = defineAction({
  id: 'array/take',
  title: 'Take',
  summary: 'Keeps items from one end of an array.',
  documentation: 'A count beyond the end takes all.',
  fields: {
    array: array({ label: 'Array' }),
    count: integer({ label: 'Count', help: 'A negative number takes from the end.', minimum: -100 }),
    mode: optional(oneOf(['copy', 'view']), 'copy'),
  },
  output: { type: 'array' },
  failures: { 'too-large': 'The array has more items than fit into memory.' },
  examples: [
    { given: { array: [1, 2, 3], count: 2 }, gives: [1, 2] },
    { given: { array: [1], count: 0.5 }, fails: 'input-invalid', note: 'Half an item is none.' },
  ],
  run: () => [],
});
const choose = defineAction({
  id: 'conditional/choose',
  title: 'Choose',
  summary: 'Takes the first that fits.',
  fields: { cases: rows({ when: lazy(), name: optional(string()) }), schema: optional(schema()), value: any() },
  output: null,
  examples: [{ given: { cases: [], value: Buffer.from('ab') }, gives: null }],
  run: () => null,
});
const encode = defineAction({
  id: 'data/json/encode',
  title: 'Encode',
  summary: 'Writes a value as text.',
  keywords: ['stringify'],
  fields: { value: any({ label: 'Whatever' }) },
  output: { type: 'string' },
  examples: [],
  run: () => '',
});

const run = async (options: Partial<ActionsOptions>, width?: number) => {
  const written = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') =>
    Object.assign(
      new Writable({
        write(chunk, _, done) {
          written[name] += chunk;
          done();
        },
      }),
      { columns: width },
    );
  const code = await actions(
    { words: [], json: false, library: [choose, take, encode], ...options },
    { stdout: into('stdout'), stderr: into('stderr') },
  );
  return { code, ...written };
};

describe('sluice actions', () => {
  it('lists the library by category and id', async () => {
    expect(await run({})).toEqual({
      code: 0,
      stdout: `array
  array/take          Keeps items from one end of an array.

conditional
  conditional/choose  Takes the first that fits.

data/json
  data/json/encode    Writes a value as text.
`,
      stderr: '',
    });
  });

  it('documents one action', async () => {
    expect((await run({ words: ['array/take'] })).stdout).toBe(`array/take - Take
Keeps items from one end of an array.

A count beyond the end takes all.

Input
  array  array              required        Array
  count  whole number       required        Count: A negative number takes from the end. Whole
                                            number of at least -100.
  mode   one of copy, view  default "copy"

Result
  array

Failures
  input-invalid  A field is missing, or holds what is not allowed.
  too-large      The array has more items than fit into memory.

Examples
  { "array": [1, 2, 3], "count": 2 }  gives [1, 2]
  { "array": [1], "count": 0.5 }      fails with input-invalid
    Half an item is none.
`);
  });

  it('keeps to the width of a terminal, wherever there is a space', async () => {
    const { stdout } = await run({ words: ['array/take'] }, 50);
    for (const line of stdout.split('\n')) expect(line.length, line).toBeLessThanOrEqual(50);
    expect(stdout).toContain('  count  whole number  required\n      Count: A negative number takes from the end.\n');
    expect((await run({}, 50)).stdout).toContain('  array/take          Keeps items from one end of\n');
  });

  it('shows rows, steps and binary data', async () => {
    const { stdout } = await run({ words: ['conditional/choose'] });
    expect(stdout).toContain(
      '  cases         array of objects    required\n  cases[].when  steps or any value  required\n  cases[].name  text                optional\n',
    );
    expect(stdout).toContain('Result\n  none\n');
    expect(stdout).toContain('{ "cases": [], "value": <binary 61 62> }  gives null');
  });

  it('looks for words where no id fits, the most telling place first', async () => {
    const found = async (...words: string[]) =>
      (await run({ words })).stdout
        .split('\n')
        .map((line) => line.split(' ')[0])
        .filter(Boolean);
    expect(await found('take')).toEqual(['array/take', 'conditional/choose']);
    expect(await found('takes')).toEqual(['conditional/choose', 'array/take']);
    expect(await found('ITEMS array')).toEqual(['array/take']);
    expect(await found('items', 'copy')).toEqual(['array/take']);
    expect(await found('negative')).toEqual(['array/take']);
    expect(await found('whatever')).toEqual(['data/json/encode']);
    expect(await found('value')).toEqual(['data/json/encode', 'conditional/choose']);
    expect(await found('stringify')).toEqual(['data/json/encode']);
    const [first] = JSON.parse((await run({ words: ['take'], json: true })).stdout);
    expect(first.id).toBe('array/take');
  });

  it('gives the same as JSON', async () => {
    const listed = JSON.parse((await run({ json: true })).stdout);
    expect(listed.map(({ id }: { id: string }) => id)).toEqual([
      'conditional/choose',
      'array/take',
      'data/json/encode',
    ]);
    expect(JSON.parse((await run({ json: true, words: ['array/take'] })).stdout)).toMatchObject({
      id: 'array/take',
      category: 'array',
      input: {
        properties: {
          count: { type: 'integer', title: 'Count', minimum: -100 },
          mode: { default: 'copy', enum: ['copy', 'view'] },
        },
        required: ['array', 'count'],
      },
      output: { type: 'array' },
      failures: { 'too-large': 'The array has more items than fit into memory.' },
    });
  });

  it('gives what JSON has no form for as tags, and leaves out what even those cannot say', async () => {
    const odd = defineAction({
      ...encode,
      fields: { value: any() },
      examples: [
        { given: { value: new Uint8Array([31, 139]) }, gives: [new Date(0)], note: 'Binary.' },
        { given: { value: { $bytes: 1 } }, gives: 'x' },
        { given: { value: Number.NaN }, fails: 'input-invalid' },
        { given: { value: () => 1 }, gives: 'x' },
        { given: { value: 1 }, gives: -0 },
      ],
    });
    const { examples } = JSON.parse((await run({ words: [odd.id], json: true, library: [odd] })).stdout);
    expect(examples).toEqual([
      { given: { value: { $bytes: 'H4s=' } }, gives: [{ $date: '1970-01-01T00:00:00.000Z' }], note: 'Binary.' },
      { given: { value: { $plain: { $bytes: 1 } } }, gives: 'x' },
    ]);
  });

  it.each([
    [['array/tkae'], 'There is no action "array/tkae". Did you mean "array/take"?'],
    [['take', 'strinify'], 'No action speaks of "strinify". Did you mean "stringify"?'],
    [['take', 'stringify'], 'No action speaks of "take" and "stringify" at once. Try fewer words.'],
    [['xyz'], 'No action speaks of "xyz". "sluice actions" lists them all.'],
  ])('says when there is no action for %j', async (words, stderr) => {
    expect(await run({ words })).toEqual({ code: 2, stdout: '', stderr: `sluice actions: ${stderr}\n` });
  });

  it('documents every action of the library, with valid schemas', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const { id } of wholeLibrary) {
      const { code, stdout } = await run({ words: [id], library: wholeLibrary });
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^${id} - [^]*\nResult\n[^]*\nExamples\n {2}\\{`));
      const { input, output } = JSON.parse((await run({ words: [id], json: true, library: wholeLibrary })).stdout);
      expect(ajv.validateSchema(input), id).toBe(true);
      if (output !== null) expect(ajv.validateSchema(output), id).toBe(true);
    }
  });
});

describe('paragraphs', () => {
  it('wraps paragraphs and lists, and leaves code and tables alone', () => {
    const text =
      'One two three\nfour.\n\n- five six seven eight\n- nine\n\n```\na   b   c   d   e   f   g\n```\n| a | b | c | d | e |';
    expect(wrapMarkdown(text, 12)).toBe(
      'One two\nthree four.\n\n- five six\n  seven\n  eight\n- nine\n\n```\na   b   c   d   e   f   g\n```\n| a | b | c | d | e |\n',
    );
  });

  it('lets a long word stand out', () =>
    expect(wrap('a https://x.example/y b', 10)).toEqual(['a', 'https://x.example/y', 'b']));
});
