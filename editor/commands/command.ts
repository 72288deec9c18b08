import type { Scope } from '../../engine/control/auth/user.ts';
import type { NodeAnswer } from '../../engine/control/control.ts';
import type { ApiClient } from '../api/client.ts';
import type { DialogRequest } from '../state/dialog-request.ts';
import type { DraftDesk } from '../state/draft-desk.ts';
import type { LiveProject } from '../state/live-project.ts';
import type { IconName } from '../ui/icon.tsx';

/** What a command works with. */
export interface CommandContext {
  api: ApiClient;
  project: LiveProject;
  drafts: DraftDesk;
  /** Tells what was done to whoever cannot see it. */
  say(message: string): void;
  /** Shows what was done, with a way back or on. */
  done(message: string, offer?: { label: string; perform(): void }): void;
  /** Hands a file to the person. */
  save(name: string, content: Blob): void;
  /** Opens a dialog. */
  ask(request: DialogRequest): void;
  /** Does work that may fail; a failure is shown with the chance to try again. `what` begins the message. */
  attempt(what: string, work: () => Promise<unknown>): void;
  /** Goes to another screen: a path with its query, as `app/route.ts` makes it. */
  go(path: string): void;
}

/** Something a person can do to a node. Menu, key and button share this one definition. */
export interface NodeCommand {
  id: string;
  icon: IconName;
  /** What the API asks of whoever does it. */
  right: Scope;
  label(node: NodeAnswer): string;
  /** The key that does it where the node is selected. */
  keys?: string;
  /** What is in force now, shown at the menu's right edge. */
  value?(node: NodeAnswer): string;
  /** For a command that is a toggle. */
  checked?(node: NodeAnswer, project: LiveProject): boolean | 'mixed';
  /** Why it cannot be done to this node now, as a sentence. */
  whyNot?(node: NodeAnswer, context: CommandContext): string | undefined;
  /** Other ways to do it, such as within bounds, in groups; a further menu. */
  variants?(node: NodeAnswer, project: LiveProject): readonly (readonly NodeCommand[])[];
  /** What holds for all variants, as sentences below them. */
  note?: readonly string[];
  /** For a variant: whether it is the one in force. */
  isInForce?: boolean;
  /** Only for what is in force: it cannot be done to what was never deployed. */
  needsLive?: true;
  /** Leaves it out of the menu of a node to which it can never apply. */
  appliesTo?(node: NodeAnswer): boolean;
  isDanger?: boolean;
  /** @throws ApiProblem when the engine refuses or does not answer */
  perform(node: NodeAnswer, context: CommandContext): Promise<void> | void;
}

/** Something a person can do where they are. Palette, key, menu and button share this one definition. */
export interface AppCommand {
  id: string;
  icon: IconName;
  /** In title case with a verb; an ellipsis if something is asked first. */
  label: string;
  /** Keys that give it, such as `Mod+S`; the first one is shown. */
  keys?: readonly string[];
  /** The heading in the list of shortcuts and in the palette. */
  group: string;
  /** Other words that the palette finds it by. */
  keywords?: string;
  /** Shown at the right in the palette, such as an address. */
  note?: string;
  /** Its keys also count while somebody types in a field. */
  whileTyping?: boolean;
  /** Where on the page its keys count, by what has the focus; left out, they count everywhere. */
  hears?(target: EventTarget | null): boolean;
  /** Why it cannot be given now, as a sentence. */
  whyNot?(): string | undefined;
  perform(): void;
}
