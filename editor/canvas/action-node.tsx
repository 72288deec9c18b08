import { Handle, type NodeProps, Position } from 'reactflow';
import { NodeMenu } from '../app/node-menu.tsx';
import { SwitchBadge } from '../app/switch-badge.tsx';
import { useNode } from '../app/workspace-context.ts';
import type { ActionStep } from '../graph/steps.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import type { FlowNode } from './flow.tsx';

/** An action: one line for what it is, one for what it gets; with nested workflows, the head of the box around them. */
export function ActionNode({ data: { node } }: NodeProps<FlowNode>) {
  return node.kind === 'action' ? <Action step={node.step} /> : null;
}

function Action({ step }: { step: ActionStep }) {
  const { action, id, title, preview, output, lanes } = step;
  const state = useNode(id);
  const isContainer = lanes.length > 0;
  const isOff = (state?.enabled ?? action.enabled) === false;
  return (
    <div className={`${isContainer ? 'box' : 'node'}${isOff ? ' is-disabled' : ''}`}>
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <div className="node-head">
        <Icon name={iconOf(action.action, isContainer)} />
        <b className="cut" title={action.description || title}>
          {title}
        </b>
        {isContainer && <code className="cut t2">{action.action}</code>}
        <span className="grow" />
        {isOff && <span className="badge badge-plain">off</span>}
        {action.mock?.enabled && <span className="badge badge-plain">mock</span>}
        {state && <SwitchBadge node={state} name="log" hideOff />}
        {state && <NodeMenu node={state} small />}
      </div>
      {!isContainer && (
        <div className="node-body">
          <code className="t2">{action.action}</code>
          <code className="t3 cut" title={preview}>
            {preview}
          </code>
        </div>
      )}
      {output !== null && (
        <code className="node-output" title={`The result goes to ${output}`}>
          → {output}
        </code>
      )}
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
}

const icons: { readonly [category: string]: IconName } = {
  conditional: 'container',
  iteration: 'loop',
  string: 'text',
  system: 'log',
  service: 'service',
  http: 'globe',
  thread: 'clock',
  condition: 'check',
};

const iconOf = (action: string, isContainer: boolean): IconName => {
  if (action === 'conditional/try') return 'shield';
  return icons[action.slice(0, action.indexOf('/'))] ?? (isContainer ? 'container' : 'steps');
};
