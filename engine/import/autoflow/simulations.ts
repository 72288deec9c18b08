import type { Json, Simulation } from '../../document/types.ts';
import { Names } from '../ids.ts';
import type { Source } from '../source.ts';

/**
 * Saved inputs by name. `direct` ones are the input itself; the others hold it under `input`. The one that the
 * configuration shows first comes first.
 */
export function convertSimulations(
  saved: readonly { source: Source; direct: boolean }[],
  first: string | undefined,
): Simulation[] {
  const names = new Names(undefined);
  const simulations: Simulation[] = [];
  for (const { source, direct } of saved) {
    for (const [name, member] of source.members) {
      const input = direct ? member.value : inputOf(member);
      simulations.push({ id: names.give(name.trim() === '' ? 'unnamed' : name), input: input ?? {} });
    }
  }
  const at = simulations.findIndex(({ id }) => id === first);
  return at < 1
    ? simulations
    : [...simulations.slice(at, at + 1), ...simulations.slice(0, at), ...simulations.slice(at + 1)];
}

const inputOf = (source: Source): Json | undefined =>
  source.object !== undefined && Object.hasOwn(source.object, 'input') ? source.object.input : source.value;
