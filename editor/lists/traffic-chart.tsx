import type { TrafficFigures } from '../../engine/control/traffic.ts';

const height = 40;
const step = 24;

/** Runs by minute as columns, failed ones at their foot; the figures stand above it. */
export function TrafficChart({ traffic }: { traffic: TrafficFigures | undefined }) {
  if (traffic === undefined) return null;
  const most = Math.max(1, ...traffic.perMinute);
  const scaled = (count: number): number => (count / most) * (height - 2);
  return (
    <svg className="traffic" viewBox={`0 0 ${15 * step} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      {traffic.perMinute.map((count, index) => {
        const failed = scaled(traffic.errors[index] ?? 0);
        const x = index * step + 1;
        return (
          <g key={index}>
            <rect className="traffic-runs" x={x} width={step - 2} y={height - scaled(count)} height={scaled(count)} />
            <rect className="traffic-errors" x={x} width={step - 2} y={height - failed} height={failed} />
          </g>
        );
      })}
    </svg>
  );
}
