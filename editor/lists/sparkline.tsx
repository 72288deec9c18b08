import type { TrafficFigures } from '../../engine/control/traffic.ts';

const width = 72;
const height = 20;

/** The last quarter of an hour as a line, and the errors in it as bars; what it says stands beside it as figures. */
export function Sparkline({ traffic }: { traffic: TrafficFigures | undefined }) {
  const counts = traffic?.perMinute ?? none;
  const most = Math.max(1, ...counts);
  const step = width / (counts.length - 1);
  const y = (count: number): string => (height - 1 - (count / most) * (height - 3)).toFixed(1);
  const line = counts.map((count, index) => `${(index * step).toFixed(1)},${y(count)}`).join(' ');
  return (
    <svg className="spark" viewBox={`0 0 ${width} ${height}`} width={width} height={height} aria-hidden="true">
      <polygon className="spark-area" points={`0,${height} ${line} ${width},${height}`} />
      <polyline className="spark-line" points={line} />
      {traffic?.errors.map((count, index) =>
        count === 0 ? null : (
          <rect
            key={index}
            className="spark-error"
            x={Math.min(width - 2, index * step - 1)}
            width={2}
            y={Number(y(count)) - 2}
            height={height - Number(y(count)) + 2}
          />
        ),
      )}
    </svg>
  );
}

const none: readonly number[] = new Array(15).fill(0);
