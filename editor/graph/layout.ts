import type { ActionStep, Lane, Step } from './steps.ts';

/** Sizes in CSS pixels; the canvas draws the nodes in just these. */
export const sizes = {
  nodeWidth: 288,
  nodeHeight: 56,
  /** The line that says why something failed or cannot run. */
  reasonHeight: 22,
  /** Between a node and the next below it. */
  gap: 36,
  containerHead: 36,
  /** The last of it is the place of the button that adds a first action. */
  laneHead: 44,
  lanePad: 12,
  laneGap: 8,
  /** The place of the button that adds an action after the last. */
  laneBottom: 34,
  /** Below the lanes; with a place for where the result goes. */
  containerFoot: 18,
  /** A lane that holds a plain value, or nothing. */
  emptyLaneWidth: 216,
  emptyLaneHeight: 84,
  givesHeight: 28,
} as const;

export interface Size {
  width: number;
  height: number;
}

/** What of the steps is shown, as far as their size depends on it. */
export interface Shown {
  /** Whether a container shows its head alone. */
  isCollapsed(step: ActionStep): boolean;
  /** Whether there is a line that says what is wrong. */
  hasReason(step: ActionStep): boolean;
}

export const everything: Shown = { isCollapsed: () => false, hasReason: () => false };

/** Measures steps; each one once, however deep it is nested and however often it is drawn. All sizes are whole numbers. */
export class Measure {
  private static readonly made = new WeakMap<Shown, Measure>();
  private readonly known = new WeakMap<Step | Lane, Size>();

  private constructor(readonly shown: Shown) {}

  /** The one that has measured before what is shown like that: of a workflow that changed, most steps are the same. */
  static of(shown: Shown): Measure {
    const measure = Measure.made.get(shown) ?? new Measure(shown);
    Measure.made.set(shown, measure);
    return measure;
  }

  step(step: Step): Size {
    return this.once(step, () => {
      const reason = step.kind === 'action' && this.shown.hasReason(step) ? sizes.reasonHeight : 0;
      if (this.isOpen(step)) {
        const { width, height } = this.container(step.lanes);
        return { width, height: height + reason };
      }
      return { width: sizes.nodeWidth, height: sizes.nodeHeight + reason };
    });
  }

  /** Whether it shows lanes. */
  isOpen(step: Step): boolean {
    return step.lanes.length > 0 && !(step.kind === 'action' && this.shown.isCollapsed(step));
  }

  /** A head, and the lanes side by side. */
  container(lanes: readonly Lane[]): Size {
    const each = lanes.map((lane) => this.lane(lane));
    const width = each.reduce((sum, lane) => sum + lane.width, 0) + sizes.laneGap * (lanes.length + 1);
    const height = sizes.containerHead + Math.max(...each.map((lane) => lane.height)) + sizes.containerFoot;
    return { width: Math.max(width, sizes.nodeWidth), height };
  }

  lane(lane: Lane): Size {
    return this.once(lane, () => {
      const gives = lane.gives === null ? 0 : sizes.givesHeight;
      if (lane.steps.length === 0)
        return { width: sizes.emptyLaneWidth, height: sizes.emptyLaneHeight + (lane.list === null ? 0 : gives) };
      const column = this.column(lane.steps);
      return {
        width: column.width + 2 * sizes.lanePad,
        height: sizes.laneHead + column.height + sizes.laneBottom + gives,
      };
    });
  }

  /** Steps below each other, centred. */
  column(steps: readonly Step[]): Size {
    const each = steps.map((step) => this.step(step));
    return {
      width: Math.max(sizes.nodeWidth, ...each.map((step) => step.width)),
      height: each.reduce((sum, step) => sum + step.height, 0) + sizes.gap * Math.max(0, steps.length - 1),
    };
  }

  private once(of: Step | Lane, measure: () => Size): Size {
    const known = this.known.get(of);
    if (known !== undefined) return known;
    const size = measure();
    this.known.set(of, size);
    return size;
  }
}
