import { useEffect, useMemo } from 'react';
import type { AppCommand } from '../commands/command.ts';
import { useWorkspace } from './workspace-context.ts';

/** Adds commands to palette and keys for as long as the screen is there. `make` is called again when `inputs` change. */
export function useCommands(make: () => readonly AppCommand[], inputs: readonly unknown[]): readonly AppCommand[] {
  const { registry } = useWorkspace();
  const commands = useMemo(make, inputs);
  useEffect(() => registry.add(commands), [registry, commands]);
  return commands;
}
