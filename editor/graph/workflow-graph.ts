import { expressionKind } from '../../engine/document/expression.ts';
import type { Json, Operation, Workflow } from '../../engine/document/types.ts';
import { sizeOfColumn, sizeOfContainer, sizeOfLane, sizeOfStep, sizes } from './layout.ts';
import { preview } from './preview.ts';
import { type ActionStep, type Lane, type Step, type StepContext, stepsOf } from './steps.ts';

interface Placed {
  id: string;
  /** The node that holds it; x and y count from that one's corner. */
  parent: string | null;
  x: number;
  y: number;
  width: number;
  height: number;
}

export type GraphNode = Placed &
  (
    | { kind: 'start'; label: string; detail: string }
    | { kind: 'end'; label: string; detail: string }
    /** An action; with lanes it holds them. */
    | { kind: 'action'; step: ActionStep }
    | { kind: 'lane'; lane: Lane }
    /** A box without an action of its own: nested steps of the output mapping, or the error handler. */
    | { kind: 'box'; label: string; detail: string }
  );

interface GraphEdge {
  id: string;
  source: string;
  target: string;
}

export interface WorkflowGraph extends Pick<Placed, 'width' | 'height'> {
  /** Parents come before what they hold. */
  nodes: GraphNode[];
  edges: GraphEdge[];
  /** Width of the main column, which stands at the left; the rest is the error handler. */
  mainWidth: number;
}

/**
 * An operation as nodes and edges, top to bottom: where it starts, its actions, what it answers; its error handler stands
 * beside it. `onError` is the handler of the resource, for operations that have none.
 */
export function workflowGraph(operation: Operation, context: StepContext, onError?: Workflow): WorkflowGraph {
  const builder = new Builder();
  const steps = stepsOf(operation.workflow, context, 'main');
  const { width } = sizeOfColumn(steps);
  const centre = width / 2;

  const start = builder.add({ ...pill(centre, 0), id: 'start', kind: 'start', ...startOf(operation) });
  const { last, y } = builder.column(steps, null, centre, start.y + start.height + sizes.gap, start.id);
  const end = builder.add({ ...pill(centre, y), id: 'end', kind: 'end', ...endOf(operation) });
  builder.join(last, end.id);

  const handler = operation.onError ?? onError;
  const right =
    handler === undefined
      ? width
      : builder.handler(handler, context, width + 2 * sizes.gap, operation.onError === undefined);
  return {
    nodes: builder.nodes,
    edges: builder.edges,
    mainWidth: width,
    width: right,
    height: Math.max(end.y + end.height, builder.lowest),
  };
}

class Builder {
  readonly nodes: GraphNode[] = [];
  readonly edges: GraphEdge[] = [];
  lowest = 0;

  add<T extends GraphNode>(node: T): T {
    this.nodes.push(node);
    if (node.parent === null) this.lowest = Math.max(this.lowest, node.y + node.height);
    return node;
  }

  join(source: string, target: string): void {
    this.edges.push({ id: `${source} → ${target}`, source, target });
  }

  /** Steps below each other around a middle; joined to each other, and to `before` if there is one. */
  column(
    steps: readonly Step[],
    parent: string | null,
    centre: number,
    top: number,
    before: string,
  ): { last: string; y: number };
  column(
    steps: readonly Step[],
    parent: string | null,
    centre: number,
    top: number,
    before: null,
  ): { last: string | null; y: number };
  column(steps: readonly Step[], parent: string | null, centre: number, top: number, before: string | null) {
    let last = before;
    let y = top;
    for (const step of steps) {
      const placed = { ...centred(sizeOfStep(step), centre, y), id: step.id, parent };
      const node = this.add<GraphNode>(
        step.kind === 'action'
          ? { ...placed, kind: 'action', step }
          : { ...placed, kind: 'box', label: 'Output mapping', detail: '' },
      );
      this.lanes(step.lanes, node.id, node.width);
      if (last !== null) this.join(last, node.id);
      last = node.id;
      y += node.height + sizes.gap;
    }
    return { last, y };
  }

  lanes(lanes: readonly Lane[], parent: string, width: number): void {
    const each = lanes.map(sizeOfLane);
    const height = Math.max(0, ...each.map((size) => size.height));
    const spare = width - each.reduce((sum, size) => sum + size.width, 0) - sizes.laneGap * (lanes.length + 1);
    let x: number = sizes.laneGap;
    lanes.forEach((lane, index) => {
      const laneWidth = (each[index]?.width ?? 0) + spare / lanes.length;
      const node = this.add({
        id: lane.id,
        parent,
        x,
        y: sizes.containerHead,
        width: laneWidth,
        height,
        kind: 'lane',
        lane,
      });
      this.column(lane.steps, node.id, laneWidth / 2, sizes.laneHead, null);
      x += laneWidth + sizes.laneGap;
    });
  }

  /** Gives how far the graph reaches to the right with it. */
  handler(workflow: Workflow, context: StepContext, x: number, isInherited: boolean): number {
    const id = 'onError#handler';
    const lane: Lane = {
      id,
      label: 'When the run fails',
      note: '',
      steps: stepsOf(workflow, context, id),
      gives: workflow.output === undefined ? null : preview(workflow.output),
    };
    const size = sizeOfContainer([lane]);
    const detail = isInherited ? `of the whole ${context.operation.split('/', 1)[0]}` : '';
    const box = this.add({ ...size, x, y: 0, id: 'onError', parent: null, kind: 'box', label: 'On error', detail });
    this.lanes([lane], box.id, size.width);
    return x + size.width;
  }
}

const centred = ({ width, height }: { width: number; height: number }, centre: number, y: number) => ({
  x: centre - width / 2,
  y,
  width,
  height,
});

const pillHeight = 32;
const pill = (centre: number, y: number) => ({
  ...centred({ width: sizes.nodeWidth, height: pillHeight }, centre, y),
  parent: null,
});

function startOf(operation: Operation): { label: string; detail: string } {
  if ('method' in operation) return { label: 'Request', detail: `${operation.method} ${operation.path}` };
  if ('cron' in operation) return { label: 'Schedule', detail: operation.cron };
  if ('topic' in operation) return { label: 'Message', detail: operation.topic };
  return { label: 'Input', detail: '' };
}

function endOf(operation: Operation): { label: string; detail: string } {
  const { output } = operation.workflow;
  if (!('method' in operation))
    return { label: 'Output', detail: output === undefined ? 'the result of the last action' : preview(output) };
  return { label: 'Response', detail: response(output) };
}

/** `201, { total: variables.total }` */
function response(output: Json | undefined): string {
  if (output === undefined) return '200';
  const isPlain =
    typeof output === 'object' && output !== null && !Array.isArray(output) && expressionKind(output) === undefined;
  if (!isPlain) return preview(output);
  const { status = 200, body } = output;
  return body === undefined ? preview(status) : `${preview(status)}, ${preview(body)}`;
}
