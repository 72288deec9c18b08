import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { defaultLimits, openStage, projectOf, worldOf } from '../../test/support/environment.ts';
import type { Json, Operation, Server, Service, Workflow } from '../document/types.ts';
import { execute, type Outcome } from './execute.ts';
import { Run } from './run.ts';
import { type Span, SpanRecorder } from './spans.ts';

const steps = (...actions: unknown[]) => ({ $do: { actions } }) as unknown as Json;
const set = (id: string, value: Json = id) => ({ id, action: 'variable/set', input: { value } });

interface Recorded {
  outcome: Outcome;
  recorder: SpanRecorder;
  /** The spans as nested lists of `node#iteration`. */
  tree: unknown[];
}

const record = async (
  operation: { workflow: Workflow; onError?: Workflow },
  services: Service[] = [],
  most?: number,
): Promise<Recorded> => {
  const server: Server = {
    id: 'main',
    type: 'http',
    operations: [{ id: 'op', method: 'GET', path: '/', ...operation } as Operation],
  };
  const { compiled, environment } = await openStage(
    worldOf({ project: projectOf([server], services), library: actionById, limits: defaultLimits }),
  );
  const run = new Run(compiled.operations.get('server/main/op') as never, environment, null, null);
  const recorder = new SpanRecorder(most);
  run.recorder = recorder;
  // Any bit: it makes every node of the run one that is looked at.
  run.flags = 4;
  const outcome = await execute(run, { request: { body: 'came in' } });
  return { outcome, recorder, tree: recorder.spans.map(shape) };
};

const shape = ({ node, iteration, children }: Span): unknown => {
  const name = node.replace('server/main/', '') + (iteration === undefined ? '' : `#${iteration}`);
  return children.length === 0 ? name : [name, ...children.map(shape)];
};

const find = (spans: readonly Span[], node: string): Span => {
  const all = (list: readonly Span[]): Span[] => list.flatMap((span) => [span, ...all(span.children)]);
  const found = all(spans).find((span) => span.node.endsWith(`/${node}`));
  if (found === undefined) throw new Error(`There is no span of ${node}.`);
  return found;
};

describe('the spans of a run', () => {
  it('hold input and output of the operation and of each action', async () => {
    const { recorder, tree } = await record({
      workflow: {
        actions: [{ id: 'up', action: 'string/upcase', input: { string: { $ref: ['request', 'body'] } } }],
        output: { $ref: ['variables'] },
      },
    });
    expect(tree).toEqual([['op', 'op/up']]);
    expect(recorder.spans[0]).toMatchObject({ input: { body: 'came in' }, output: { output: 'CAME IN' }, error: null });
    expect(find(recorder.spans, 'up')).toMatchObject({ input: { string: 'came in' }, output: 'CAME IN', error: null });
  });

  it('nest as the steps do', async () => {
    const branch = {
      id: 'if',
      action: 'conditional/if',
      input: { conditions: [{ condition: true, value: steps(set('a'), set('b')) }] as Json },
    };
    const { tree } = await record({ workflow: { actions: [set('first'), branch, set('last')] } });
    expect(tree).toEqual([['op', 'op/first', ['op/if', 'op/a', 'op/b'], 'op/last']]);
  });

  it('nest under the action whose input the steps give', async () => {
    const { tree } = await record({ workflow: { actions: [set('outer', steps(set('inner')))] } });
    expect(tree).toEqual([['op', ['op/outer', 'op/inner']]]);
  });

  it('tell the passes of an iteration apart', async () => {
    const map = {
      id: 'map',
      action: 'iteration/map',
      input: { array: [7, 8], scope: 'item', foreach: steps(set('each', { $ref: ['item', 'value'] })) },
    };
    const { tree, recorder } = await record({ workflow: { actions: [map] } });
    expect(tree).toEqual([['op', ['op/map', 'op/each#0', 'op/each#1']]]);
    expect(find(recorder.spans, 'map').children.map(({ output }) => output)).toEqual([7, 8]);
  });

  it('nest a child run under its call', async () => {
    const service: Service = {
      id: 's',
      operations: [{ id: 'x', workflow: { actions: [set('inside')], output: 'answer' } }],
    };
    const call = {
      id: 'call',
      action: 'service/operation',
      input: { serviceOperationReference: 'service/s/x', input: { n: 1 } },
    };
    const { tree, recorder } = await record({ workflow: { actions: [call] } }, [service]);
    expect(tree).toEqual([['op', ['op/call', ['service/s/x', 'service/s/x/inside']]]]);
    expect(find(recorder.spans, 's/x')).toMatchObject({ input: { n: 1 }, output: 'answer' });
  });

  it('hold the failure where it came up and wherever it passed', async () => {
    const raise = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const attempt = {
      id: 'try',
      action: 'conditional/try',
      input: { value: steps(set('outer', steps(raise))), onError: 'handled' },
    };
    const { recorder } = await record({ workflow: { actions: [attempt] } });
    const error = { code: 'raised', message: 'no', node: 'server/main/op/raise' };
    expect(find(recorder.spans, 'raise').error).toMatchObject(error);
    expect(find(recorder.spans, 'outer').error).toMatchObject(error);
    expect(find(recorder.spans, 'try')).toMatchObject({ error: null, output: 'handled' });
  });

  it('include an action whose input fails', async () => {
    const { recorder } = await record({ workflow: { actions: [set('bad', { $secret: 'none' })] } });
    expect(find(recorder.spans, 'bad')).toMatchObject({
      error: { code: 'secret-unknown', node: 'server/main/op/bad' },
    });
  });

  it('include the error handler, under the operation', async () => {
    const raise = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const { tree, recorder } = await record({ workflow: { actions: [raise] }, onError: { actions: [set('handler')] } });
    expect(tree).toEqual([['op', 'op/raise', 'op/handler']]);
    expect(recorder.spans[0]).toMatchObject({ output: 'handler', error: { code: 'raised' } });
  });

  it('keep a value as it was when it passed', async () => {
    const list = { ...set('list', [1]), output: ['variables', 'list'] };
    const change = { ...set('change', 2), output: ['variables', 'list', 0] };
    const { recorder } = await record({
      workflow: { actions: [list, set('seen', { $ref: ['variables', 'list'] }), change] },
    });
    expect(find(recorder.spans, 'seen')).toMatchObject({ input: { value: [1] }, output: [1] });
  });

  it('are bounded in number, and what is left out is counted', async () => {
    const map = {
      id: 'map',
      action: 'iteration/map',
      input: { array: [1, 2, 3, 4], scope: 'item', foreach: steps(set('each')) },
    };
    const { tree, recorder, outcome } = await record({ workflow: { actions: [map] } }, [], 4);
    expect(tree).toEqual([['op', ['op/map', 'op/each#0', 'op/each#1']]]);
    expect(recorder.leftOut).toBe(2);
    expect(outcome.output).toEqual(['each', 'each', 'each', 'each']);
  });
});
