import { useWorkspace } from '../app/workspace-context.ts';
import { Keys } from '../ui/keys.tsx';

/** What to read while nothing is chosen. */
export function FirstHelp() {
  const { ask } = useWorkspace();
  return (
    <article className="help" aria-label="Help">
      <h2>What one does first</h2>
      <ol className="help-steps">
        <li>
          <h3>Add an action</h3>
          <p>
            Press <Keys keys="/" /> or a plus on an edge, and say what it should do. Choose an action, and this tab
            tells what it takes and gives, with examples to insert.
          </p>
        </li>
        <li>
          <h3>Simulate</h3>
          <p>
            <Keys keys="Mod+Enter" /> runs what is drawn, without the outside world calling. Every node then shows what
            went in and what came out, in the Trace tab.
          </p>
        </li>
        <li>
          <h3>Deploy, and switch on a log</h3>
          <p>
            <Keys keys="Mod+S" /> makes the draft live. <b>Log This Action</b> in a node's menu writes what passes
            through it, at once and without a restart; the Logs tab shows it.
          </p>
        </li>
      </ol>
      <button type="button" className="btn btn-s" onClick={() => ask({ dialog: 'shortcuts' })}>
        Show Shortcuts
      </button>
    </article>
  );
}
