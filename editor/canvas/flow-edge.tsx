import { memo } from 'react';
import type { EdgeProps } from 'reactflow';
import type { FlowEdge } from './node-data.ts';

/** The line from one step down to the next. It moves with them, since it is placed by a transform as they are. */
export const FlowLine = memo(function FlowLine({ sourceX, sourceY, targetY, data }: EdgeProps<FlowEdge>) {
  return (
    <line
      className={`flow-line is-${data?.state ?? 'rest'}`}
      x1={0}
      y1={0}
      x2={0}
      y2={Math.max(0, targetY - sourceY)}
      style={{ transform: `translate(${sourceX}px, ${sourceY}px)` }}
    />
  );
});
