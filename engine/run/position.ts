import { allocatePosition, openPosition } from './position-memory.ts';

// Where this process is; see position-memory.ts.
const shared = allocatePosition();
const { ints, floats } = openPosition(shared);

export const position = {
  shared,
  enter(index: number, runBegin: number, runCount: number): void {
    ints[0] = index;
    floats[0] = runBegin;
    floats[1] = runCount;
  },
  node(index: number): void {
    ints[0] = index;
  },
  /** Nothing runs: whatever blocks the process now is no workflow's doing. */
  leave(): void {
    ints[0] = 0;
  },
  /** Called a few times a second while the event loop turns. */
  turned(): void {
    ints[1] = ((ints[1] as number) + 1) | 0;
  },
};

let nextIndex = 1;
/** Reserves numbers for the nodes of an operation, unique within the process. */
export const reserveIndexes = (count: number): number => {
  const first = nextIndex;
  nextIndex += count;
  return first;
};
