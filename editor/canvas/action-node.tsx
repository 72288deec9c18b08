import { memo } from 'react';
import type { NodeProps } from 'reactflow';
import { SwitchBadge } from '../app/switch-badge.tsx';
import type { GraphNode } from '../graph/workflow-graph.ts';
import { iconOfAction } from '../palette/sections.ts';
import { Icon } from '../ui/icon.tsx';
import { useCanvas } from './canvas-context.ts';
import { InsertButton } from './insert-button.tsx';
import { IterationStepper } from './iteration-stepper.tsx';
import type { FlowNode, NodeData } from './node-data.ts';
import { NodeState, stateClass } from './node-state.tsx';
import { itemsText } from './run-text.ts';
import { TitleField } from './title-field.tsx';

/** An action: one line for what it is, one for what it gets; with nested workflows, the head of the box around them. */
export const ActionNode = memo(function ActionNode({ data }: NodeProps<FlowNode>) {
  return data.node.kind === 'action' ? <Action data={data} node={data.node} /> : null;
});

function Action({ data, node }: { data: NodeData; node: Extract<GraphNode, { kind: 'action' }> }) {
  const { run, faults, isCurrent } = data;
  const { step, isOpen } = node;
  const { action, title, preview, output, lanes } = step;
  const isOff = action.enabled === false;
  const reason = reasonOf(data);
  const classes = [
    isOpen ? 'box' : 'node',
    stateClass(run),
    isOff ? ' is-disabled' : '',
    faults.length > 0 && run === undefined ? ' is-unready' : '',
    data.isLifted ? ' is-lifted' : '',
    data.isFound ? ' is-found' : '',
  ].join('');
  return (
    <>
      <div className={classes}>
        <div className="node-head">
          <Icon name={iconOfAction(action.action)} className="node-icon" />
          {data.isRenaming ? (
            <TitleField id={action.id} title={action.title ?? ''} />
          ) : (
            <b className="cut" title={action.description || title}>
              {title}
            </b>
          )}
          {isOpen && <code className="cut t2">{action.action}</code>}
          <Badges data={data} />
          <span className="grow" />
          {run?.iterations !== undefined && run.iterations.count > 1 && (
            <IterationStepper id={action.id} iterations={run.iterations} isReached={isCurrent} />
          )}
          {faults.length > 0 && run === undefined && (
            <span className="node-state is-warning" title={faults.join(' ')}>
              <Icon name="warn" />
              {faults.length}
            </span>
          )}
          {run !== undefined && <NodeState run={run} />}
          <span className="node-tools">
            <NodeButtons name={action.id} title={title} isReached={isCurrent} fold={lanes.length > 0 ? isOpen : null} />
            <Kebab name={action.id} title={title} isReached={isCurrent} />
          </span>
        </div>
        {!isOpen && (
          <div className="node-body">
            <code className="t2 node-id">{action.action}</code>
            <code className="t3 cut" title={preview}>
              {preview}
            </code>
            {lanes.length > 0 && <span className="t3 node-folded">{stepsText(lanes)}</span>}
          </div>
        )}
        {reason !== null && (
          <div className={`node-reason${reason.isFault ? ' is-warning' : ''}`}>
            <span className="cut" title={reason.text}>
              {reason.text}
            </span>
            {reason.isFault && <FillIn name={action.id} title={title} isReached={isCurrent} />}
          </div>
        )}
        {output !== null && (
          <code className="node-output" title={`The result goes to ${output}`}>
            → {output}
            {run?.count !== undefined && <em>{itemsText(run.count)}</em>}
          </code>
        )}
      </div>
      {node.next !== null && (
        <InsertButton place={node.next} label={`Add an action after ${title}`} isReached={isCurrent} />
      )}
    </>
  );
}

/** What stands in the third line: why it failed, else what is missing. */
export function reasonOf({ run, faults }: Pick<NodeData, 'run' | 'faults'>): { text: string; isFault: boolean } | null {
  if (run?.state === 'failed' && run.reason !== undefined) return { text: run.reason, isFault: false };
  const [fault] = faults;
  return fault === undefined || run !== undefined ? null : { text: fault, isFault: true };
}

const stepsText = (lanes: readonly { steps: readonly unknown[] }[]): string => {
  const count = lanes.reduce((sum, lane) => sum + lane.steps.length, 0);
  return count === 1 ? '1 step inside' : `${count} steps inside`;
};

function Badges({ data: { node, live, run } }: { data: NodeData }) {
  if (node.kind !== 'action') return null;
  const { mock, enabled, retry } = node.step.action;
  return (
    <>
      {live && <SwitchBadge node={live} name="log" hideOff />}
      {live && <SwitchBadge node={live} name="capture" hideOff />}
      {mock?.enabled && (
        <span className="badge badge-plain" title="Mocked: gives a stored value">
          <Icon name="mock" size={12} />
          mock
        </span>
      )}
      {enabled === false && (
        <span className="badge badge-plain" title="Disabled: runs leave it out">
          <Icon name="off" size={12} />
          off
        </span>
      )}
      {retry !== undefined && (
        <span
          className="badge badge-plain"
          title={`Tried up to ${retry.attempts} times${run?.attempts === undefined ? '' : `; this time ${run.attempts}`}`}
        >
          <Icon name="replay" size={12} />
          {run?.attempts === undefined ? retry.attempts : `${run.attempts} of ${retry.attempts}`}
        </span>
      )}
    </>
  );
}

function NodeButtons({
  name,
  title,
  isReached,
  fold,
}: {
  name: string;
  title: string;
  isReached: boolean;
  /** For a container: whether it shows what it holds. */
  fold: boolean | null;
}) {
  const { view } = useCanvas();
  const tabIndex = isReached ? 0 : -1;
  return (
    <>
      <button
        type="button"
        className="btn btn-quiet btn-icon node-button node-info"
        aria-label={`About ${title}`}
        tabIndex={tabIndex}
        onClick={(event) => view.state.setState({ about: { name, at: event.currentTarget.getBoundingClientRect() } })}
      >
        <Icon name="info" size={14} />
      </button>
      {fold !== null && (
        <button
          type="button"
          className="btn btn-quiet btn-icon node-button"
          aria-label={`${fold ? 'Fold' : 'Unfold'} ${title}`}
          aria-expanded={fold}
          tabIndex={tabIndex}
          onClick={() => view.collapse(name, fold)}
        >
          <Icon name={fold ? 'up' : 'down'} size={14} />
        </button>
      )}
    </>
  );
}

function Kebab({ name, title, isReached }: { name: string; title: string; isReached: boolean }) {
  const { view, session } = useCanvas();
  return (
    <button
      type="button"
      className="btn btn-quiet btn-icon kebab node-button"
      aria-label={`More actions for ${title}`}
      aria-haspopup="menu"
      tabIndex={isReached ? 0 : -1}
      onClick={() => {
        if (!session.state.getState().selected.includes(name)) session.select(name);
        view.stage?.openMenu(name);
      }}
    >
      <Icon name="kebab" />
    </button>
  );
}

function FillIn({ name, title, isReached }: { name: string; title: string; isReached: boolean }) {
  const { session } = useCanvas();
  return (
    <button
      type="button"
      className="link"
      aria-label={`Fill In ${title}`}
      tabIndex={isReached ? 0 : -1}
      onClick={() => {
        session.select(name);
        session.state.setState({ upper: 'inspector' });
      }}
    >
      Fill In
    </button>
  );
}
