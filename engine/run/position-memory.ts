/**
 * Where the process is right now, in memory that another thread can read while this one is stuck: the index of the node
 * and the time and count of the run's id. Plain stores: each costs about a nanosecond.
 */
export interface PositionMemory {
  /** [node index, turns of the event loop] */
  ints: Int32Array;
  /** [time of the run's id in ms, count of the run's id] */
  floats: Float64Array;
}

export const allocatePosition = (): SharedArrayBuffer => new SharedArrayBuffer(32);
export const openPosition = (shared: SharedArrayBuffer): PositionMemory => ({
  ints: new Int32Array(shared, 0, 2),
  floats: new Float64Array(shared, 8, 2),
});
