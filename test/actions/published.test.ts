import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import type { Json } from '../../engine/document/types.ts';
import { TestEngine } from '../support/engine.ts';
import { importExamples, type PublishedExample, publishedActions } from './published.ts';
import { leftOut } from './published-left-out.ts';

const left = new Set(Object.values(leftOut).flat());
const built = publishedActions.filter(({ id }) => actionById.has(id));
const examples = built.flatMap(({ id, examples = [] }) => examples.map((example) => [id, example] as const));
const doubtful = examples.filter(([, example]) => example.doubtful);

describe('the published library', () => {
  it('is here, but for what is left out for a reason', () => {
    const ids = publishedActions.map(({ id }) => id);
    expect(ids.filter((id) => !actionById.has(id)).sort()).toEqual([...left].sort());
    for (const id of left) expect(ids).toContain(id);
  });

  it.each(built.map(({ id, fields = [] }) => [id, fields] as const))('has the fields of %s', (id, fields) => {
    expect(Object.keys(actionById.get(id)?.fields ?? {})).toEqual(expect.arrayContaining(fields));
  });

  it.each(doubtful.map(([id]) => id))('%s says that it does not follow a published example', (id) => {
    expect(actionById.get(id)?.documentation ?? '').toMatch(/\bpublished\b|\belsewhere\b/i);
  });
});

/** What examples with a result of their own each time always give. */
const alwaysOf: { readonly [action: string]: (result: unknown, example: PublishedExample) => void } = {
  'array/random': (result, { args }) => expect(args.array).toContainEqual(result),
  'array/shuffle': (result, { args }) => expect([...(result as Json[])].sort()).toEqual(args.array),
  'array/take-random': (result, { args }) => {
    expect(result).toHaveLength(args.count as number);
    for (const item of result as Json[]) expect(args.array).toContainEqual(item);
  },
  'system/command': (result) => expect(result).toMatch(/\/sluice-test-\w+\/files\n?$/),
};

describe('a published example', () => {
  const { server, warnings } = importExamples(examples, actionById);
  const { operations = [] } = server;
  let engine: TestEngine;
  beforeAll(async () => {
    engine = await TestEngine.start({
      // The API is only another view of the same paths.
      servers: [{ ...server, api: undefined, active: true, port: 0 }],
      env: { SLUICE_RESTRICTED_COMMANDS: 'true' },
    });
  });
  afterAll(() => engine?.[Symbol.asyncDispose]());

  it('is imported without loss', () => expect(warnings).toEqual([]));

  it.each(examples.map(([id, example], index) => [id, JSON.stringify(example.args), index, example] as const))(
    '%s %s',
    async (id, _, index, example) => {
      const json = {
        address: `server/${server.id}/${operations[index]?.id}`,
        input: example.scope?.request ?? {},
      };
      const simulated = await engine.api('/api/simulate', { method: 'POST', json });
      const answer = (await simulated.json()) as { error: unknown; output: { body: unknown } };
      expect(answer.error).toBeNull();
      let { body } = answer.output;
      if (JSON.stringify(body).includes('[redacted:')) {
        // A simulation hides what looks like a secret; whoever asks the server gets it.
        const response = await fetch(`${await engine.url(server.id)}/${index}`, { method: 'POST' });
        body = typeof body === 'string' ? await response.text() : await response.json();
      }
      if (example.varies) alwaysOf[id]?.(body, example);
      else if (!example.doubtful) expect(body).toStrictEqual(example.result);
      else expect(body).toStrictEqual(example.gives);
    },
  );
});
