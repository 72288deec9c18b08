import { median } from '../measure.mjs';

const thousands = (number) => Math.round(number).toLocaleString('en').replaceAll(',', ' ');

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const columns = [
  'variant',
  'what is on',
  '× off (requests/s)',
  '× off (CPU of the worker)',
  'requests/s',
  'worker µs',
  'control µs',
  'records/s on disk',
  'bytes a record',
  'lost',
  'failed',
  'others',
  'goal',
];

/**
 * What each variant costs beside the one that logs nothing: medians over the rounds.
 * @param disturbed cores that others may have used in a slice; beyond it nothing is said of goals
 */
export function costs(variants, results, disturbed) {
  const of = (name, key) => median(results.get(name).map((result) => result[key]));
  const most = (name, key) => Math.max(...results.get(name).map((result) => result[key]));
  /** What two variants did in the same round. */
  const paired = (name, base, key) => {
    const others = results.get(base);
    return median(results.get(name).map((result, round) => result[key] / others[round][key]));
  };
  const verdict = ({ name, base, ratio, perSecond }) => {
    if (ratio === undefined && perSecond === undefined) return '';
    const wanted = ratio === undefined ? `≥ ${thousands(perSecond)} records/s, none lost` : `≥ ${ratio}`;
    const isMet =
      ratio === undefined
        ? of(name, 'perSecond') >= perSecond && most(name, 'lost') === 0
        : paired(name, base, 'rate') >= ratio;
    const isDisturbed = of(name, 'others') > disturbed || of(base, 'others') > disturbed;
    return `${wanted}: ${isMet ? 'met' : 'NOT MET'}${isDisturbed ? ' (disturbed: measure again)' : ''}`;
  };
  return table(
    columns,
    variants.map((variant) => {
      const { name, base, what = '' } = variant;
      const hasRecords = most(name, 'lines') > 0;
      return [
        name,
        what,
        base === undefined ? '' : paired(name, base, 'rate').toFixed(2),
        base === undefined ? '' : (1 / paired(name, base, 'worker')).toFixed(2),
        thousands(of(name, 'rate')),
        of(name, 'worker').toFixed(1),
        of(name, 'control').toFixed(1),
        hasRecords ? thousands(of(name, 'perSecond')) : '',
        hasRecords ? Math.round(of(name, 'bytes')) : '',
        most(name, 'lost'),
        most(name, 'bad'),
        of(name, 'others').toFixed(2),
        verdict(variant),
      ];
    }),
  );
}

/** Lines a second of other loggers. */
export const speeds = (rates) =>
  table(
    ['logger alone, one process', 'lines/s', 'bytes a line'],
    [...rates].map(([name, found]) => [
      name,
      thousands(median(found.map(({ rate }) => rate))),
      Math.round(found[0].bytes),
    ]),
  );
