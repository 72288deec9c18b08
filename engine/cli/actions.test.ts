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

const run = async (options: Partial<ActionsOptions>) => {
  const written = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _, done) {
        written[name] += chunk;
        done();
      },
    });
  const code = await actions(
    { id: undefined, json: false, library: [choose, take], ...options },
    { stdout: into('stdout'), stderr: into('stderr') },
  );
  return { code, ...written };
};

describe('sluice actions', () => {
  it('lists the library in columns, by id', async () => {
    expect(await run({})).toEqual({
      code: 0,
      stdout:
        'array/take          Keeps items from one end of an array.\nconditional/choose  Takes the first that fits.\n',
      stderr: '',
    });
  });

  it('documents one action', async () => {
    expect((await run({ id: 'array/take' })).stdout).toBe(`array/take
Take: Keeps items from one end of an array.

A count beyond the end takes all.

Input
  array  array            required        Array
  count  integer -100..   required        Count. A negative number takes from the end.
  mode   "copy" | "view"  default "copy"

Output
  array

Examples
  {"array":[1,2,3],"count":2}
    gives [1,2]
  {"array":[1],"count":0.5}
    fails with input-invalid
    Half an item is none.
`);
  });

  it('shows rows, steps and binary data', async () => {
    const { stdout } = await run({ id: 'conditional/choose' });
    expect(stdout).toContain(
      '  cases         array               required\n  cases[].when  steps or any value  required\n  cases[].name  string              optional\n',
    );
    expect(stdout).toContain('Output\n  none\n');
    expect(stdout).toContain('{"cases":[],"value":"(2 bytes)"}');
  });

  it('gives the same as JSON', async () => {
    const listed = JSON.parse((await run({ json: true })).stdout);
    expect(listed.map(({ id }: { id: string }) => id)).toEqual(['conditional/choose', 'array/take']);
    expect(JSON.parse((await run({ json: true, id: 'array/take' })).stdout)).toMatchObject({
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
    });
  });

  it('says when there is no such action', async () => {
    expect(await run({ id: 'array/tkae' })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'sluice actions: There is no action "array/tkae". Did you mean "array/take"?\n',
    });
    expect((await run({ id: 'x' })).stderr).toBe(
      'sluice actions: There is no action "x". "sluice actions" lists them all.\n',
    );
  });

  it('documents every action of the library, with valid schemas', async () => {
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    for (const { id } of wholeLibrary) {
      const { code, stdout } = await run({ id, library: wholeLibrary });
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^${id}\n[^]*\nOutput\n[^]*\nExamples\n {2}\\{`));
      const { input, output } = JSON.parse((await run({ id, json: true, library: wholeLibrary })).stdout);
      expect(ajv.validateSchema(input), id).toBe(true);
      if (output !== null) expect(ajv.validateSchema(output), id).toBe(true);
    }
  });
});
