import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { defaultLimits, openStage, projectOf, worldOf } from '../../test/support/environment.ts';
import type { Json, Operation, Server, Service, Workflow } from '../document/types.ts';
import type { SpanTree } from '../store/run-head.ts';
import { execute, type Outcome } from './execute.ts';
import { Run } from './run.ts';
import { Room, type Span, SpanRecorder } from './spans.ts';
import { spanTrees } from './stored-spans.ts';

const steps = (...actions: unknown[]) => ({ $do: { actions } }) as unknown as Json;
const set = (id: string, value: Json = id) => ({ id, action: 'variable/set', input: { value } });

interface Recorded {
  outcome: Outcome;
  recorder: SpanRecorder;
  spans: SpanTree[];
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
  const recorder = new SpanRecorder(new Room(), most);
  run.recorder = recorder;
  // Any bit: it makes every node of the run one that is looked at.
  run.flags = 4;
  const outcome = await execute(run, { request: { body: 'came in' } });
  const spans = spanTrees(recorder, 0);
  return { outcome, recorder, spans, tree: spans.map(shape) };
};

const shape = ({ node, iteration, children }: SpanTree): unknown => {
  const name = node.replace('server/main/', '') + (iteration === undefined ? '' : `#${iteration}`);
  return children.length === 0 ? name : [name, ...children.map(shape)];
};

const find = (spans: readonly SpanTree[], node: string): SpanTree => {
  const all = (list: readonly SpanTree[]): SpanTree[] => list.flatMap((span) => [span, ...all(span.children)]);
  const found = all(spans).find((span) => span.node.endsWith(`/${node}`));
  if (found === undefined) throw new Error(`There is no span of ${node}.`);
  return found;
};

describe('the spans of a run', () => {
  it('hold input and output of the operation and of each action', async () => {
    const { spans, tree } = await record({
      workflow: {
        actions: [{ id: 'up', action: 'string/upcase', input: { string: { $ref: ['request', 'body'] } } }],
        output: { $ref: ['variables'] },
      },
    });
    expect(tree).toEqual([['op', 'op/up']]);
    expect(spans[0]).toMatchObject({ input: { body: 'came in' }, output: { output: 'CAME IN' }, error: null });
    expect(find(spans, 'up')).toMatchObject({ input: { string: 'came in' }, output: 'CAME IN', error: null });
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
    const { tree, spans } = await record({ workflow: { actions: [map] } });
    expect(tree).toEqual([['op', ['op/map', 'op/each#0', 'op/each#1']]]);
    expect(find(spans, 'map').children.map(({ output }) => output)).toEqual([7, 8]);
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
    const { tree, spans } = await record({ workflow: { actions: [call] } }, [service]);
    expect(tree).toEqual([['op', ['op/call', ['service/s/x', 'service/s/x/inside']]]]);
    expect(find(spans, 's/x')).toMatchObject({ input: { n: 1 }, output: 'answer' });
  });

  it('hold the failure where it came up and wherever it passed', async () => {
    const raise = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const attempt = {
      id: 'try',
      action: 'conditional/try',
      input: { value: steps(set('outer', steps(raise))), onError: 'handled' },
    };
    const { spans } = await record({ workflow: { actions: [attempt] } });
    const error = { code: 'raised', message: 'no', node: 'server/main/op/raise' };
    expect(find(spans, 'raise').error).toMatchObject(error);
    expect(find(spans, 'outer').error).toMatchObject(error);
    expect(find(spans, 'try')).toMatchObject({ error: null, output: 'handled' });
  });

  it('include an action whose input fails', async () => {
    const { spans } = await record({ workflow: { actions: [set('bad', { $secret: 'none' })] } });
    expect(find(spans, 'bad')).toMatchObject({
      error: { code: 'secret-unknown', node: 'server/main/op/bad' },
    });
  });

  it('include the error handler, under the operation', async () => {
    const raise = { id: 'raise', action: 'scope/raise', input: { message: 'no' } };
    const { tree, spans } = await record({ workflow: { actions: [raise] }, onError: { actions: [set('handler')] } });
    expect(tree).toEqual([['op', 'op/raise', 'op/handler']]);
    expect(spans[0]).toMatchObject({ output: 'handler', error: { code: 'raised' } });
  });

  it('keep a value as it was when it passed', async () => {
    const list = { ...set('list', [1]), output: ['variables', 'list'] };
    const change = { ...set('change', 2), output: ['variables', 'list', 0] };
    const { spans } = await record({
      workflow: { actions: [list, set('seen', { $ref: ['variables', 'list'] }), change] },
    });
    expect(find(spans, 'seen')).toMatchObject({ input: { value: [1] }, output: [1] });
  });

  it('are bounded in number: the first, those that go on and the latest stay, and what is left out is counted', async () => {
    const map = (count: number) => ({
      id: 'map',
      action: 'iteration/map',
      input: { array: Array.from({ length: count }, (_, i) => i), scope: 'item', foreach: steps(set('each')) },
    });
    const { tree, recorder, outcome } = await record({ workflow: { actions: [set('first'), map(100)] } }, [], 40);
    expect((outcome.output as unknown[]).length).toBe(100);
    const [[op, first, inMap]] = tree as [[string, string, unknown[]]];
    expect([op, first, inMap[0]]).toEqual(['op', 'op/first', 'op/map']);
    expect(inMap.at(-1)).toBe('op/each#99');
    const kept = inMap.length - 1;
    expect(kept).toBeLessThanOrEqual(38);
    expect(recorder.leftOut).toBe(100 - kept);
  });

  it('let go of values for which there is no room, those of the oldest first, and keep their outlines', async () => {
    const room = new Room(40_000);
    const recorder = new SpanRecorder(room);
    const begin = (node: string, within: Span | null) => recorder.begin(node, null, within, undefined, undefined, 0);
    const root = begin('root', null);
    // What goes on keeps its values, whatever they weigh, and so does what is handed on.
    const heavy = 'h'.repeat(100_000);
    recorder.given(root, { heavy });
    const [a, b, c] = ['a', 'b', 'c'].map((node) => begin(node, root)) as [Span, Span, Span];
    recorder.given(a, { text: 'x'.repeat(4_000), list: [1, 2] });
    recorder.end(a, 1, 'y'.repeat(4_000), null);
    recorder.given(b, { heavy });
    recorder.end(b, 1, null, null);
    expect([a, b].map(({ isEmptied }) => isEmptied)).toEqual([false, false]);
    recorder.given(c, 'z'.repeat(9_000));
    recorder.end(c, 1, null, null);
    recorder.end(root, 1, 'done', null);
    expect([root, a, b, c].map(({ isEmptied }) => isEmptied)).toEqual([false, true, false, false]);
    expect(a.input).toEqual({ text: '… (cut, 4000 characters)', list: [1, 2] });
    expect(recorder.leftOut).toBe(1);
    expect(room.used).toBe(recorder.bytes);
    recorder.release();
    expect(room.used).toBe(0);
  });
});
