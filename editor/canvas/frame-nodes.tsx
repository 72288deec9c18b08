import { memo } from 'react';
import type { NodeProps } from 'reactflow';
import { Icon } from '../ui/icon.tsx';
import { InsertButton } from './insert-button.tsx';
import type { FlowNode } from './node-data.ts';
import { NodeState, stateClass } from './node-state.tsx';

/** Where a run begins or ends. */
export const PillNode = memo(function PillNode({ data }: NodeProps<FlowNode>) {
  const { node, run } = data;
  if (node.kind !== 'start' && node.kind !== 'end') return null;
  return (
    <>
      <div className={`flow-end${stateClass(run)}${data.isFound ? ' is-found' : ''}`}>
        <Icon name={node.kind} className="node-icon" />
        <b>{node.label}</b>
        <code className="cut t2" title={node.detail}>
          {node.detail}
        </code>
        {run !== undefined && <NodeState run={run} />}
      </div>
      {node.next !== null && (
        <InsertButton place={node.next} label={`Add an action after ${node.label}`} isReached={data.isCurrent} />
      )}
    </>
  );
});

/** A nested workflow's place in its container. */
export const LaneNode = memo(function LaneNode({ data }: NodeProps<FlowNode>) {
  const { node } = data;
  if (node.kind !== 'lane') return null;
  const { label, note, steps, gives } = node.lane;
  const isEmpty = steps.length === 0;
  return (
    <div className="lane">
      <div className="lane-head">
        <b>{label}</b>
        <code className="cut" title={note}>
          {note}
        </code>
        {data.isTaken !== undefined && (
          <span className="lane-outcome">
            {data.isTaken && <Icon name="check" size={12} />}
            {data.isTaken ? 'taken' : 'not taken'}
          </span>
        )}
      </div>
      {node.next !== null && (
        <InsertButton
          place={node.next}
          label={`Add an action to ${label}${node.of === null ? '' : ` of ${node.of}`}`}
          isReached={data.isCurrent}
          className={isEmpty ? 'insert-empty' : 'insert-first'}
        />
      )}
      {gives !== null && (
        <div className="lane-gives">
          gives <code title={gives}>{gives}</code>
        </div>
      )}
      {gives === null && isEmpty && node.next === null && <div className="lane-gives">no steps</div>}
    </div>
  );
});

/** A box that is no action: nested steps of the output mapping, or the error handler. */
export const BoxNode = memo(function BoxNode({ data }: NodeProps<FlowNode>) {
  const { node } = data;
  if (node.kind !== 'box') return null;
  return (
    <div className={`box${data.isFound ? ' is-found' : ''}`}>
      <div className="node-head">
        <Icon name={node.id === 'onError' ? 'warn' : 'container'} className="node-icon" />
        <b>{node.label}</b>
        <span className="t3">{node.detail}</span>
      </div>
    </div>
  );
});
