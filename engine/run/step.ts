import { limitReached } from './failure.ts';
import type { Scopes } from './scopes.ts';
import { nextTurn } from './turn.ts';

/**
 * Gives way to the event loop, then goes on if the run still does.
 * @throws RunFailure what ended the run meanwhile
 */
export async function afterTurn<T>(scopes: Scopes, goOn: () => T): Promise<Awaited<T>> {
  await nextTurn();
  const { ended } = scopes.run.root;
  if (ended !== null) throw ended;
  if (scopes.limit !== null) scopes.limit.check();
  return await goOn();
}

/**
 * Counts a step at a node, within all limits in force there.
 * @returns true when the step should give way to the event loop first
 * @throws RunFailure step-limit, timeout, or what ended the run
 */
export function mustYield(scopes: Scopes, node: string, index: number): boolean {
  if (scopes.limit !== null) scopes.limit.check();
  if (scopes.life !== scopes.run.root.life) {
    throw limitReached('cancelled', 'The run went on without this step, which was too late.', node);
  }
  return scopes.run.step(node, index);
}
