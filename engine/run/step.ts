import type { Scopes } from './scopes.ts';

/**
 * Counts a step at a node, within all limits in force there.
 * @returns true when the step should give way to the event loop first
 * @throws RunFailure step-limit, timeout, or what ended the run
 */
export function mustYield(scopes: Scopes, node: string, index: number): boolean {
  if (scopes.limit !== null) scopes.limit.check();
  return scopes.run.step(node, index);
}
