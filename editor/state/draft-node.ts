import type { NodeAnswer } from '../../engine/control/control.ts';

const off = { own: null, effective: false, from: null, left: null } as const;

/** A node that was never deployed, as the engine would tell of it: nothing is on. */
export const draftNode = (address: string, kind: NodeAnswer['kind'], title: string): NodeAnswer => ({
  address,
  kind,
  title,
  log: off,
  capture: off,
  logLevel: { own: null, effective: 'info', from: null },
});
