import type { Lane, Step } from './steps.ts';

/** Sizes in CSS pixels; the canvas draws the nodes in just these. */
export const sizes = {
  nodeWidth: 288,
  nodeHeight: 56,
  /** Between a node and the next below it. */
  gap: 36,
  containerHead: 36,
  laneHead: 32,
  lanePad: 12,
  laneGap: 8,
  laneBottom: 20,
  /** Below the lanes; with a place for where the result goes. */
  containerFoot: 18,
  /** A lane that holds a plain value, or nothing. */
  emptyLaneWidth: 216,
  emptyLaneHeight: 64,
  givesHeight: 28,
} as const;

export interface Size {
  width: number;
  height: number;
}

export const sizeOfStep = (step: Step): Size => {
  if (step.lanes.length === 0) return { width: sizes.nodeWidth, height: sizes.nodeHeight };
  return sizeOfContainer(step.lanes);
};

/** A head, and the lanes side by side. */
export const sizeOfContainer = (lanes: readonly Lane[]): Size => {
  const each = lanes.map(sizeOfLane);
  const width = each.reduce((sum, lane) => sum + lane.width, 0) + sizes.laneGap * (lanes.length + 1);
  const height = sizes.containerHead + Math.max(...each.map((lane) => lane.height)) + sizes.containerFoot;
  return { width: Math.max(width, sizes.nodeWidth), height };
};

export const sizeOfLane = (lane: Lane): Size => {
  if (lane.steps.length === 0) return { width: sizes.emptyLaneWidth, height: sizes.emptyLaneHeight };
  const column = sizeOfColumn(lane.steps);
  const gives = lane.gives === null ? 0 : sizes.givesHeight;
  return { width: column.width + 2 * sizes.lanePad, height: sizes.laneHead + column.height + sizes.laneBottom + gives };
};

/** Steps below each other, centred. */
export const sizeOfColumn = (steps: readonly Step[]): Size => {
  const each = steps.map(sizeOfStep);
  return {
    width: Math.max(sizes.nodeWidth, ...each.map((step) => step.width)),
    height: each.reduce((sum, step) => sum + step.height, 0) + sizes.gap * Math.max(0, steps.length - 1),
  };
};
