import { createStore } from 'zustand/vanilla';
import type { AppCommand } from '../commands/command.ts';

/**
 * The commands that can be given on what is on screen now, in the order in which their screens came. Keys, the palette
 * and the list of shortcuts are made from it.
 */
export class CommandRegistry {
  readonly commands = createStore<readonly AppCommand[]>(() => []);

  /** Adds commands for as long as a screen is there; the function that comes back takes them away. */
  add(commands: readonly AppCommand[]): () => void {
    this.commands.setState((all) => [...all, ...commands], true);
    return () => this.commands.setState((all) => all.filter((command) => !commands.includes(command)), true);
  }

  /** The command of a key press on `target`: the one that came last wins, since its screen lies on top. */
  find(isPressed: (keys: string) => boolean, target: EventTarget | null = null): AppCommand | undefined {
    return this.commands
      .getState()
      .findLast((command) => command.keys?.some(isPressed) && (command.hears?.(target) ?? true));
  }
}
