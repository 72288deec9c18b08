import { useNode, useProject } from '../app/workspace-context.ts';
import { logThisAction } from '../commands/log-this-action.ts';
import { draftNode } from '../state/draft-node.ts';
import { isOwnOn, switchState } from '../state/switch-text.ts';
import { Switch } from '../ui/switch.tsx';
import { useCanvas, useCanvasState } from './canvas-context.ts';
import { PopoverAt } from './popover-at.tsx';
import { useOperation } from './session-context.ts';

/** What a node is, and whether it is logged. */
export function AboutAction() {
  const about = useCanvasState((state) => state.about);
  return about === null ? null : <About key={about.name} name={about.name} at={about.at} />;
}

function About({ name, at }: { name: string; at: DOMRect }) {
  const { view, session, workspace } = useCanvas();
  useOperation();
  const { library } = useProject();
  const address = `${session.address}/${name}`;
  const live = useNode(address);
  const shown = view.walk.node(name);
  if (shown?.kind !== 'action') return null;
  const { action, title } = shown.step;
  const definition = library.get(action.action);
  const whyNot = live === undefined ? 'It was never deployed.' : workspace.whyNot(logThisAction.right);
  const node = live ?? draftNode(address, 'action', title);
  return (
    <PopoverAt
      at={at}
      label={`About ${title}`}
      className="about"
      onClose={() => {
        view.state.setState({ about: null });
        view.stage?.focus(name);
      }}
    >
      <h2>{title}</h2>
      {action.description !== undefined && action.description !== '' && <p>{action.description}</p>}
      <p className="t2">
        <code>{action.action}</code> {definition?.summary ?? 'The library has no such action.'}
      </p>
      <div className="row">
        <span className="grow">Log This Action</span>
        <Switch
          label="Log This Action"
          checked={live !== undefined && isOwnOn(live, 'log', Date.now())}
          disabled={whyNot !== undefined}
          onChange={() => workspace.run(logThisAction, node)}
        />
      </div>
      <p className="t3">{whyNot ?? `${switchState(node, 'log', Date.now()).text}.`}</p>
    </PopoverAt>
  );
}
