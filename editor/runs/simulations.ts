import type { Operation, Simulation } from '../../engine/document/types.ts';

const listOf = (operation: Operation): readonly Simulation[] => operation.simulations ?? [];

/** A name that no stored simulation has yet: the wish, or the wish with a number. */
export function freeName(operation: Operation, wish: string): string {
  const taken = new Set(listOf(operation).map(({ id }) => id));
  if (!taken.has(wish)) return wish;
  for (let number = 2; ; number++) if (!taken.has(`${wish} ${number}`)) return `${wish} ${number}`;
}

/** Puts a simulation into the list; at its end where no place is said. */
export const addSimulation = (
  operation: Operation,
  simulation: Simulation,
  index = listOf(operation).length,
): Operation => ({ ...operation, simulations: listOf(operation).toSpliced(index, 0, simulation) });

/** Changes one of them; the same operation comes back where nothing did. */
export function updateSimulation(
  operation: Operation,
  id: string,
  change: (simulation: Simulation) => Simulation,
): Operation {
  const before = listOf(operation);
  const simulations = before.map((one) => (one.id === id ? change(one) : one));
  return simulations.every((one, index) => one === before[index]) ? operation : { ...operation, simulations };
}

/** Takes one away; without any, the operation has no list. */
export function removeSimulation(operation: Operation, id: string): Operation {
  const simulations = listOf(operation).filter((one) => one.id !== id);
  if (simulations.length > 0) return { ...operation, simulations };
  const { simulations: _, ...rest } = operation;
  return rest as Operation;
}

/** What it is called: its title, or its name. */
export const nameOf = ({ id, title }: Simulation): string => title || id;
