import type { Scope } from '../../engine/control/auth/user.ts';
import type { NodeAnswer } from '../../engine/control/control.ts';
import type { ApiClient } from '../api/client.ts';
import type { LiveProject } from '../state/live-project.ts';
import type { IconName } from '../ui/icon.tsx';

/** What a command works with. */
export interface CommandContext {
  api: ApiClient;
  project: LiveProject;
  /** Tells what was done to whoever cannot see it. */
  say(message: string): void;
  /** Hands a file to the person. */
  save(name: string, content: Blob): void;
}

/** Something a person can do to a node. Menu, key and button share this one definition. */
export interface NodeCommand {
  id: string;
  icon: IconName;
  /** What the API asks of whoever does it. */
  right: Scope;
  label(node: NodeAnswer): string;
  /** What is in force now, shown at the menu's right edge. */
  value?(node: NodeAnswer): string;
  /** For a command that is a toggle. */
  checked?(node: NodeAnswer, project: LiveProject): boolean | 'mixed';
  /** @throws ApiProblem when the engine refuses or does not answer */
  perform(node: NodeAnswer, context: CommandContext): Promise<void>;
}
