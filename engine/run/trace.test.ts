import { describe, expect, it } from 'vitest';
import { actionById } from '../../actions/index.ts';
import { openStage, projectOf, worldOf } from '../../test/support/environment.ts';
import { Run } from './run.ts';
import { parseTraceparent, traceOf } from './trace.ts';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';

describe('a traceparent', () => {
  it('gives trace and parent (W3C Trace Context, 3.2)', () => {
    expect(parseTraceparent(`00-${trace}-${parent}-01`)).toEqual({ trace, parent });
    expect(parseTraceparent(`00-${trace}-${parent}-00`)).toEqual({ trace, parent });
  });

  it('of a later version is read by its first fields', () => {
    expect(parseTraceparent(`01-${trace}-${parent}-01-what-the-future-holds`)).toEqual({ trace, parent });
  });

  it.each([
    ['absent', undefined],
    ['empty', ''],
    ['of version ff', `ff-${trace}-${parent}-01`],
    ['in capitals', `00-${trace.toUpperCase()}-${parent}-01`],
    ['without a trace', `00-${'0'.repeat(32)}-${parent}-01`],
    ['without a parent', `00-${trace}-${'0'.repeat(16)}-01`],
    ['cut short', `00-${trace}-${parent}`],
    ['too long for its version', `00-${trace}-${parent}-01-more`],
    ['followed by what is no field', `01-${trace}-${parent}-01more`],
    ['endless', `01-${trace}-${parent}-01-${'x'.repeat(1000)}`],
  ])('that is %s does not count', (_, text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});

describe('the trace of a run', () => {
  const start = async (traceparent?: string) => {
    const server = {
      id: 'main',
      type: 'http',
      operations: [{ id: 'op', method: 'GET', path: '/', workflow: { actions: [] } }],
    };
    const { compiled, environment } = await openStage(worldOf({ project: projectOf([server]), library: actionById }));
    const operation = compiled.operations.get('server/main/op') as never;
    const run = new Run(operation, environment, null, { kind: 'request', traceparent });
    return { run, child: new Run(operation, environment, run, null) };
  };

  it('is that of its request', async () => {
    const { run } = await start(`00-${trace}-${parent}-01`);
    expect(traceOf(run)).toMatchObject({ id: trace, parent });
    expect(traceOf(run)).toBe(traceOf(run));
  });

  it('is a new one when the request has none that counts', async () => {
    const { run } = await start('00-nonsense');
    const other = await start();
    const { id, span, parent: above } = traceOf(run);
    expect([id, span, above]).toEqual([
      expect.stringMatching(/^[0-9a-f]{32}$/),
      expect.stringMatching(/^[0-9a-f]{16}$/),
      undefined,
    ]);
    expect(traceOf(other.run).id).not.toBe(id);
  });

  it('is shared by child runs, which hang below it', async () => {
    const { run, child } = await start(`00-${trace}-${parent}-01`);
    const below = traceOf(child);
    expect(below).toMatchObject({ id: trace, parent: traceOf(run).span });
    expect(below.span).not.toBe(traceOf(run).span);
  });
});
