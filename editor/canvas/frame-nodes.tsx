import { Handle, type NodeProps, Position } from 'reactflow';
import { Icon } from '../ui/icon.tsx';
import type { FlowNode } from './flow.tsx';

/** Where a run begins or ends. */
export function PillNode({ data: { node } }: NodeProps<FlowNode>) {
  if (node.kind !== 'start' && node.kind !== 'end') return null;
  const isStart = node.kind === 'start';
  return (
    <div className="pill">
      {!isStart && <Handle type="target" position={Position.Top} isConnectable={false} />}
      <Icon name={node.kind} />
      <b>{node.label}</b>
      <code className="cut t2" title={node.detail}>
        {node.detail}
      </code>
      {isStart && <Handle type="source" position={Position.Bottom} isConnectable={false} />}
    </div>
  );
}

/** A nested workflow's place in its container. */
export function LaneNode({ data: { node } }: NodeProps<FlowNode>) {
  if (node.kind !== 'lane') return null;
  const { label, note, steps, gives } = node.lane;
  return (
    <div className="lane">
      <div className="lane-head">
        <b>{label}</b>
        <code className="cut" title={note}>
          {note}
        </code>
      </div>
      {gives !== null && (
        <div className="lane-gives">
          gives <code title={gives}>{gives}</code>
        </div>
      )}
      {gives === null && steps.length === 0 && <div className="lane-gives">no steps</div>}
    </div>
  );
}

/** A box that is no action: nested steps of the output mapping, or the error handler. */
export function BoxNode({ data: { node } }: NodeProps<FlowNode>) {
  if (node.kind !== 'box') return null;
  return (
    <div className="box">
      <Handle type="target" position={Position.Top} isConnectable={false} />
      <div className="node-head">
        <Icon name={node.id === 'onError' ? 'warn' : 'container'} />
        <b>{node.label}</b>
        <span className="t3">{node.detail}</span>
      </div>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
    </div>
  );
}
