import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { walkWorkflow } from '../../engine/document/expression.ts';
import type { Action, HttpOperation, Json, Operation, Workflow } from '../../engine/document/types.ts';
import { actionsAt, placeOf } from './edits/index.ts';
import { type GraphNode, type WorkflowGraph, workflowGraph } from './workflow-graph.ts';

const context = { operation: 'server/s/o', hasResult: () => true };
const http = (workflow: Workflow, more: Partial<HttpOperation> = {}): Operation => ({
  id: 'o',
  method: 'GET',
  path: '/x',
  workflow,
  ...more,
});
const ids = (graph: WorkflowGraph) => graph.nodes.map(({ id }) => id);
const edges = (graph: WorkflowGraph) => graph.edges.map(({ source, target }) => `${source} > ${target}`);
const label = (graph: WorkflowGraph, id: string) => {
  const node = graph.nodes.find((one) => one.id === id);
  return node && 'detail' in node ? `${node.label}: ${node.detail}` : undefined;
};

describe('workflowGraph', () => {
  it('joins start, actions and end in their order', () => {
    const graph = workflowGraph(
      http({
        actions: [
          { id: 'a', action: 'x/y' },
          { id: 'b', action: 'x/y' },
        ],
        output: { status: 201, body: 'done' },
      }),
      context,
    );
    expect(ids(graph)).toEqual(['start', 'server/s/o/a', 'server/s/o/b', 'end']);
    expect(edges(graph)).toEqual(['start > server/s/o/a', 'server/s/o/a > server/s/o/b', 'server/s/o/b > end']);
    expect(label(graph, 'start')).toBe('Request: GET /x');
    expect(label(graph, 'end')).toBe('Response: 201, "done"');
  });

  it('draws an operation without actions', () => {
    const graph = workflowGraph(http({ actions: [] }), context);
    expect(edges(graph)).toEqual(['start > end']);
    expect(label(graph, 'end')).toBe('Response: 200');
  });

  it('names the ends after what starts the operation', () => {
    const ends = (operation: Operation) => {
      const graph = workflowGraph(operation, context);
      return [label(graph, 'start'), label(graph, 'end')];
    };
    expect(ends({ id: 'o', cron: '0 2 * * *', workflow: { actions: [] } })).toEqual([
      'Schedule: 0 2 * * *',
      'Output: the result of the last action',
    ]);
    expect(ends({ id: 'o', topic: 'a/b', workflow: { actions: [], output: 1 } })).toEqual([
      'Message: a/b',
      'Output: 1',
    ]);
    expect(ends({ id: 'o', workflow: { actions: [], output: null } })).toEqual(['Input: ', 'Output: null']);
  });

  it('puts nested steps into lanes of their container', () => {
    const value: Json = {
      $do: {
        actions: [
          { id: 'in', action: 'x/y' },
          { id: 'in2', action: 'x/y' },
        ],
      },
    };
    const graph = workflowGraph(
      http({ actions: [{ id: 'if', action: 'conditional/if', input: { conditions: [{ condition: true, value }] } }] }),
      context,
    );
    const inside = graph.nodes.find(({ id }) => id === 'server/s/o/in');
    expect(inside?.parent).toBe('server/s/o/if#conditions/0/value');
    expect(graph.nodes.find(({ id }) => id === inside?.parent)?.parent).toBe('server/s/o/if');
    expect(edges(graph)).toContain('server/s/o/in > server/s/o/in2');
    expect(edges(graph)).toContain('server/s/o/if > end');
  });

  it('shows steps of the output mapping before the end', () => {
    const graph = workflowGraph(
      http({ actions: [], output: { body: { $do: { actions: [{ id: 'late', action: 'x/y' }] } } } }),
      context,
    );
    expect(edges(graph)).toEqual(['start > main#output', 'main#output > end']);
    expect(ids(graph)).toContain('server/s/o/late');
  });

  it('shows the error handler beside, its own or that of the resource', () => {
    const onError: Workflow = { actions: [{ id: 'tell', action: 'system/log' }] };
    const inherited = workflowGraph(http({ actions: [] }), context, onError);
    expect(label(inherited, 'onError')).toBe('On error: of the whole server');
    expect(inherited.width).toBeGreaterThan(inherited.mainWidth);
    const own = workflowGraph(http({ actions: [] }, { onError }), context, {
      actions: [{ id: 'other', action: 'x/y' }],
    });
    expect(label(own, 'onError')).toBe('On error: ');
    expect(ids(own)).toContain('server/s/o/tell');
    expect(ids(own)).not.toContain('server/s/o/other');
  });
});

/** Workflows with nested ones in all the places where they can stand; ids are unique. */
const workflows: fc.Arbitrary<Workflow> = fc
  .letrec<{ workflow: Workflow; action: Action; nested: Json }>((tie) => ({
    workflow: fc.record({
      actions: fc.array(tie('action'), { maxLength: 3 }),
      output: fc.option(fc.oneof(fc.constant(1), tie('nested')), { nil: undefined }),
    }) as fc.Arbitrary<Workflow>,
    nested: tie('workflow').map((workflow): Json => ({ $do: workflow as unknown as Json })),
    action: fc.oneof(
      { maxDepth: 4 },
      fc.constant<Action>({ id: '', action: 'string/join', input: { a: 'x' } }),
      fc.array(tie('nested'), { minLength: 1, maxLength: 3 }).map(
        (all): Action => ({
          id: '',
          action: 'conditional/if',
          input: { conditions: all.map((value) => ({ condition: 1, value })) },
        }),
      ),
      tie('nested').map((foreach): Action => ({ id: '', action: 'iteration/map', input: { array: [], foreach } })),
    ),
  }))
  .workflow.map((workflow) => {
    // A clone through JSON: what was made once and stands twice must get two ids.
    const named = JSON.parse(JSON.stringify(workflow)) as Workflow;
    let number = 0;
    walkWorkflow(named, { action: (action) => (action.id = `a${++number}`) });
    return named;
  });

const inside = (inner: GraphNode, outer: GraphNode) =>
  inner.x >= 0 &&
  inner.y >= 0 &&
  inner.x + inner.width <= outer.width + 0.01 &&
  inner.y + inner.height <= outer.height + 0.01;
const apart = (a: GraphNode, b: GraphNode) =>
  a.x + a.width <= b.x + 0.01 ||
  b.x + b.width <= a.x + 0.01 ||
  a.y + a.height <= b.y + 0.01 ||
  b.y + b.height <= a.y + 0.01;

describe('the layout of any workflow', () => {
  it('shows every action once, parents first, children inside and siblings apart', () => {
    fc.assert(
      fc.property(workflows, (workflow) => {
        const graph = workflowGraph(http(workflow), context);
        const expected: string[] = [];
        walkWorkflow(workflow, { action: ({ id }) => expected.push(`server/s/o/${id}`) });
        expect(graph.nodes.flatMap((node) => (node.kind === 'action' ? [node.id] : [])).sort()).toEqual(
          expected.sort(),
        );
        expect(new Set(ids(graph)).size).toBe(graph.nodes.length);
        const seen = new Map<string, GraphNode>();
        for (const node of graph.nodes) {
          const parent = node.parent === null ? undefined : seen.get(node.parent);
          if (node.parent !== null) expect(parent && inside(node, parent)).toBe(true);
          else
            expect([node.x >= 0, node.x + node.width <= graph.width, node.y + node.height <= graph.height]).toEqual([
              true,
              true,
              true,
            ]);
          for (const other of seen.values()) if (other.parent === node.parent) expect(apart(node, other)).toBe(true);
          seen.set(node.id, node);
        }
        for (const { source, target } of graph.edges) expect(seen.get(source)?.parent).toBe(seen.get(target)?.parent);
      }),
      { numRuns: 150 },
    );
  });

  it('says of every action where it stands, as edits understand it', () => {
    fc.assert(
      fc.property(workflows, (workflow) => {
        const operation = http(workflow);
        for (const node of workflowGraph(operation, context).nodes) {
          if (node.kind === 'action') {
            const { id } = node.step.action;
            expect(node.place).toEqual(placeOf(operation, id));
            expect(node.next).toEqual({ ...node.place, index: (node.place?.index ?? 0) + 1 });
          } else if (node.kind === 'lane' && node.next !== null) {
            expect(actionsAt(operation, node.next).map(({ id }) => id)).toEqual(
              node.lane.steps.flatMap((step) => (step.kind === 'action' ? [step.action.id] : [])),
            );
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('shows of a collapsed container its head alone, and makes room for reasons', () => {
    const inner: Json = { $do: { actions: [{ id: 'in', action: 'x/y' }] } };
    const operation = http({
      actions: [
        { id: 'map', action: 'iteration/map', input: { foreach: inner } },
        { id: 'a', action: 'x/y' },
      ],
    });
    const graph = workflowGraph(operation, context, undefined, {
      isCollapsed: ({ action }) => action.id === 'map',
      hasReason: ({ action }) => action.id === 'a',
    });
    expect(ids(graph)).toEqual(['start', 'server/s/o/map', 'server/s/o/a', 'end']);
    expect(graph.nodes.map(({ height }) => height)).toEqual([32, 56, 78, 32]);
  });
});
