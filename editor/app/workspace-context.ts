import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Scope } from '../../engine/control/auth/user.ts';
import type { NodeAnswer } from '../../engine/control/control.ts';
import type { CommandContext, NodeCommand } from '../commands/command.ts';
import type { CommandRegistry } from '../state/command-registry.ts';
import type { LiveProject, LiveSnapshot } from '../state/live-project.ts';

/** What every screen of a signed-in editor can use. */
export interface WorkspaceTools extends CommandContext {
  /** The commands that can be given on what is on screen. */
  registry: CommandRegistry;
  /** Why the signed-in user may not do what needs a right, as a sentence; undefined when it is allowed. */
  whyNot(right: Scope): string | undefined;
  /** Runs a command; a failure is shown, with the chance to try again where that may help. */
  run(command: NodeCommand, node: NodeAnswer): void;
  /** The same for work that is no command of a node; `what` begins the message, as in "The logs were not cleared". */
  attempt(what: string, work: () => Promise<unknown>): void;
}

export const WorkspaceContext = createContext<WorkspaceTools | null>(null);

export function useWorkspace(): WorkspaceTools {
  const tools = useContext(WorkspaceContext);
  if (tools === null) throw new Error('useWorkspace() was called outside a workspace.');
  return tools;
}

const useSnapshot = (project: LiveProject): LiveSnapshot => useSyncExternalStore(project.subscribe, project.snapshot);

export const useProject = (): LiveSnapshot => useSnapshot(useWorkspace().project);

/** The live state of one node; undefined while it is not known. */
export const useNode = (address: string): NodeAnswer | undefined => {
  const { project } = useWorkspace();
  return useSyncExternalStore(project.subscribe, () => project.snapshot().nodes.get(address));
};
