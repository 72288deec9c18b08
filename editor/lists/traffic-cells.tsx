import type { NodeAnswer } from '../../engine/control/control.ts';
import { rateText, shareText, summaryOf } from '../state/traffic-text.ts';
import { Sparkline } from './sparkline.tsx';

/** Requests a minute and the share of errors, of the last quarter of an hour. */
export function TrafficCells({ node }: { node: NodeAnswer | undefined }) {
  const { runs, errors, perMinute, errorShare } = summaryOf(node?.traffic);
  return (
    <>
      <td className="c-rate" title={`${runs.toLocaleString('en')} in the last 15 minutes`}>
        <span className="row">
          <Sparkline traffic={node?.traffic} />
          <span className={`grow${runs === 0 ? ' t3' : ''}`}>{rateText(perMinute)}</span>
        </span>
      </td>
      <td
        className={`c-errors${errors > 0 ? ' is-failed' : ' t3'}`}
        title={`${errors.toLocaleString('en')} failed in the last 15 minutes`}
      >
        {shareText(errorShare)}
      </td>
    </>
  );
}
