import { median } from '../measure.mjs';

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const percentile = (numbers, part) => numbers.toSorted((a, b) => a - b)[Math.floor((numbers.length - 1) * part)] ?? 0;
const verdict = (isMet, others, disturbed) =>
  `${isMet ? 'met' : 'NOT MET'}${!isMet && others > disturbed ? ' (disturbed: measure again)' : ''}`;

/**
 * What was found on the two pages, as tables.
 * @param results of the rounds: `editor` and `stress`, each with `opening`, `gestures`, `edits` and `others`
 * @param disturbed cores that others may have used; beyond it a goal that was missed is doubtful
 */
export function report({ rounds, gestures, edits, disturbed }) {
  const others = median(rounds.map(({ editor }) => editor.others));
  const judged = (isMet) => verdict(isMet, others, disturbed);
  const of = (page, value) => median(rounds.map((round) => value(round[page])));
  const pair = (value) => [of('editor', value), of('stress', value)];
  const ratio = ([own, alone]) => (own / alone).toFixed(2);

  const drawn = pair(({ opening }) => opening.drawn);
  const busy = pair(({ opening }) => opening.busy);
  const script = pair(({ opening }) => opening.script);
  const opened = table(
    ['opening', 'Sluice', 'React Flow alone', '×', 'goal'],
    [
      ['canvas drawn, ms', ...drawn.map(Math.round), ratio(drawn), `< 1500: ${judged(drawn[0] < 1500)}`],
      ['of it processor, ms', ...busy.map(Math.round), ratio(busy), ''],
      ['scripts, kB gzip', ...script.map(Math.round), ratio(script), `< 350: ${judged(script[0] < 350)}`],
    ],
  );

  const moved = table(
    [
      'each frame, ms of script, style and layout',
      'Sluice',
      'p95',
      'with paint',
      'longest task',
      'frames/s',
      'React Flow alone',
      'p95',
      'with paint',
      'longest task',
      'frames/s',
      '×',
      'goal',
    ],
    gestures.map(({ name }) => {
      const at = ({ gestures: found }) => found[name];
      const cells = ['editor', 'stress'].flatMap((page) => [
        of(page, (own) => median(at(own).frames)).toFixed(1),
        of(page, (own) => percentile(at(own).frames, 0.95)).toFixed(1),
        of(page, (own) => median(at(own).all)).toFixed(1),
        Math.round(of(page, (own) => Math.max(...at(own).tasks))),
        Math.round(of(page, (own) => at(own).frames.length / at(own).seconds)),
      ]);
      const frame = pair((own) => median(at(own).frames));
      const isMet = frame[0] <= 12 && of('editor', (own) => Math.max(...at(own).tasks)) <= 100;
      return [name, ...cells, ratio(frame), `≤ 12, no task > 100: ${judged(isMet)}`];
    }),
  );

  const edited = table(
    [
      'edit, ms from key to painted frame',
      'Sluice',
      'slowest',
      'of it processor',
      'React Flow alone',
      'slowest',
      'of it processor',
      '×',
      'goal',
    ],
    edits.map((name) => {
      const times = (own, key) => own.edits.map((once) => once[name][key]);
      const cells = ['editor', 'stress'].flatMap((page) => [
        Math.round(of(page, (own) => median(times(own, 'shown')))),
        Math.round(of(page, (own) => Math.max(...times(own, 'shown')))),
        Math.round(of(page, (own) => median(times(own, 'busy')))),
      ]);
      const found = pair((own) => median(times(own, 'shown')));
      return [name, ...cells, ratio(found), `< 50: ${judged(found[0] < 50)}`];
    }),
  );
  const used = pair((own) => own.others).map((cores) => cores.toFixed(2));
  return `${opened}\n\n${moved}\n\n${edited}\n\nOthers used ${used[0]} cores while Sluice was measured, and ${used[1]} while React Flow was.`;
}
