import { useMemo } from 'react';
import { useCommands } from '../app/use-commands.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import type { AppCommand } from '../commands/command.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys, keyNames } from '../ui/keys.tsx';
import { draftCommands } from './draft-commands.ts';
import { DraftStateText } from './draft-state.tsx';
import { useDraft } from './use-drafts.ts';

/** Where the edits of a resource are, undo and redo, and the way to make them live. `name` is as in `server/hello`. */
export function DraftTools({ name }: { name: string }) {
  const tools = useWorkspace();
  const { draft, state } = useDraft(name);
  const { undo, redo, saving, live, document } = state;
  const commands = useMemo(() => draftCommands(draft, tools), [draft, tools, undo, redo, saving, document]);
  useCommands(() => Object.values(commands), [commands]);
  const { deploy, discard } = commands;
  const whyNotDeploy = deploy.whyNot?.();
  return (
    <fieldset className="draft-tools" aria-label="Draft">
      <span role="status">
        <DraftStateText saving={saving} live={live} />
      </span>
      <Tool command={commands.undo} detail={undo?.label} />
      <Tool command={commands.redo} detail={redo?.label} />
      <Tool command={discard} />
      <button
        type="button"
        className="btn btn-primary"
        aria-disabled={whyNotDeploy !== undefined}
        title={whyNotDeploy}
        onClick={() => whyNotDeploy === undefined && deploy.perform()}
      >
        <Icon name="deploy" size={14} />
        Deploy
        <span className="draft-keys" aria-hidden="true">
          <Keys keys="Mod+S" />
        </span>
      </button>
    </fieldset>
  );
}

/** A button with a picture only: its tooltip names the command, what it would do, and its key. */
function Tool({ command, detail }: { command: AppCommand; detail?: string | undefined }) {
  const whyNot = command.whyNot?.();
  const key = command.keys?.[0];
  const what = detail === undefined ? command.label : `${command.label}: ${detail}`;
  return (
    <button
      type="button"
      className="btn btn-quiet btn-icon"
      aria-label={command.label}
      aria-disabled={whyNot !== undefined}
      title={whyNot ?? (key === undefined ? what : `${what} (${keyNames(key).join(' ')})`)}
      onClick={() => whyNot === undefined && command.perform()}
    >
      <Icon name={command.icon} />
    </button>
  );
}
