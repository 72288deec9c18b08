import { expressionKind } from '../../engine/document/expression.ts';
import type { Json, Operation, Workflow } from '../../engine/document/types.ts';
import { everything, Measure, type Shown, sizes } from './layout.ts';
import type { InsertPlace, ListPlace } from './place.ts';
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
  /** Where an action after it goes, or into it when it is a lane, as its first; null where none can be put. */
  next: InsertPlace | null;
}

export type GraphNode = Placed &
  (
    | { kind: 'start'; label: string; detail: string }
    | { kind: 'end'; label: string; detail: string }
    /** An action; with lanes it holds them, unless it is collapsed. */
    | { kind: 'action'; step: ActionStep; isOpen: boolean; place: InsertPlace | null }
    /** `of` is the title of the action that holds it; null where it stands in no action. */
    | { kind: 'lane'; lane: Lane; of: string | null }
    /** A box without an action of its own: nested steps of the output mapping, or the error handler. */
    | { kind: 'box'; label: string; detail: string }
  );

export interface GraphEdge {
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
 * beside it. `onError` is the handler of the resource, for operations that have none; nothing can be put into that one.
 */
export function workflowGraph(
  operation: Operation,
  context: StepContext,
  onError?: Workflow,
  shown: Shown = everything,
): WorkflowGraph {
  const builder = new Builder(Measure.of(shown));
  const list: ListPlace = { owner: 'workflow', path: [] };
  const steps = stepsOf(operation.workflow, context, 'main', list);
  const { width } = builder.measure.column(steps);
  const centre = width / 2;

  const start = builder.add({
    ...pill(centre, 0),
    id: 'start',
    kind: 'start',
    next: { ...list, index: 0 },
    ...startOf(operation),
  });
  const { last, y } = builder.column(steps, list, null, centre, start.y + start.height + sizes.gap, start.id);
  const end = builder.add({ ...pill(centre, y), id: 'end', kind: 'end', next: null, ...endOf(operation) });
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

  constructor(readonly measure: Measure) {}

  add<T extends GraphNode>(node: T): T {
    this.nodes.push(node);
    if (node.parent === null) this.lowest = Math.max(this.lowest, node.y + node.height);
    return node;
  }

  join(source: string, target: string): void {
    this.edges.push({ id: `${source} → ${target}`, source, target });
  }

  /**
   * Steps below each other around a middle; joined to each other, and to `before` if there is one. `list` is where they
   * stand, null where nothing can be put.
   */
  column(
    steps: readonly Step[],
    list: ListPlace | null,
    parent: string | null,
    centre: number,
    top: number,
    before: string,
  ): { last: string; y: number };
  column(
    steps: readonly Step[],
    list: ListPlace | null,
    parent: string | null,
    centre: number,
    top: number,
    before: null,
  ): { last: string | null; y: number };
  column(
    steps: readonly Step[],
    list: ListPlace | null,
    parent: string | null,
    centre: number,
    top: number,
    before: string | null,
  ) {
    let last = before;
    let y = top;
    for (const [index, step] of steps.entries()) {
      const placed = { ...centred(this.measure.step(step), centre, y), id: step.id, parent };
      const isOpen = this.measure.isOpen(step);
      const node = this.add<GraphNode>(
        step.kind === 'action'
          ? {
              ...placed,
              kind: 'action',
              step,
              isOpen,
              place: list && { ...list, index },
              next: list && { ...list, index: index + 1 },
            }
          : { ...placed, kind: 'box', label: 'Output mapping', detail: '', next: null },
      );
      if (isOpen) {
        const head = node.height - this.measure.container(step.lanes).height + sizes.containerHead;
        this.lanes(step.lanes, node, head, list === null);
      }
      if (last !== null) this.join(last, node.id);
      last = node.id;
      y += node.height + sizes.gap;
    }
    return { last, y };
  }

  /** `top` is the height of the container's head. */
  lanes(lanes: readonly Lane[], container: GraphNode, top: number, isFixed: boolean): void {
    const { id: parent, width } = container;
    const each = lanes.map((lane) => this.measure.lane(lane));
    const height = Math.max(0, ...each.map((size) => size.height));
    const spare = width - each.reduce((sum, size) => sum + size.width, 0) - sizes.laneGap * (lanes.length + 1);
    // Even numbers of pixels: the middle of a lane is a whole one.
    const share = 2 * Math.floor(spare / lanes.length / 2);
    let x: number = sizes.laneGap;
    lanes.forEach((lane, index) => {
      const isLast = index === lanes.length - 1;
      const laneWidth = isLast ? width - sizes.laneGap - x : (each[index]?.width ?? 0) + share;
      const list = isFixed ? null : lane.list;
      const node = this.add({
        id: lane.id,
        parent,
        x,
        y: top,
        width: laneWidth,
        height,
        kind: 'lane',
        lane,
        of: container.kind === 'action' ? container.step.title : null,
        next: list && { ...list, index: 0 },
      });
      this.column(lane.steps, list, node.id, laneWidth / 2, sizes.laneHead, null);
      x += laneWidth + sizes.laneGap;
    });
  }

  /** Gives how far the graph reaches to the right with it. */
  handler(workflow: Workflow, context: StepContext, x: number, isInherited: boolean): number {
    const id = 'onError#handler';
    const list: ListPlace = { owner: 'onError', path: [] };
    const lane: Lane = {
      id,
      label: 'When the run fails',
      note: '',
      steps: stepsOf(workflow, context, id, list),
      gives: workflow.output === undefined ? null : preview(workflow.output),
      list,
    };
    const size = this.measure.container([lane]);
    const detail = isInherited ? `of the whole ${context.operation.split('/', 1)[0]}` : '';
    const box = this.add({
      ...size,
      x,
      y: 0,
      id: 'onError',
      parent: null,
      kind: 'box',
      label: 'On error',
      detail,
      next: null,
    });
    this.lanes([lane], box, sizes.containerHead, isInherited);
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
  return body === undefined || body === null ? preview(status) : `${preview(status)}, ${preview(body)}`;
}
