#!/usr/bin/env node
// What a pure action costs as a step of a workflow, beside its own function and beside plain JavaScript. See README.md.
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { plain } from './actions/plain.mjs';
import { openStage } from './actions/stage.mjs';
import { median } from './measure.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    milliseconds: { type: 'string', default: '2' },
    only: { type: 'string', default: '' },
    worst: { type: 'string', default: '10' },
  },
});
const rounds = Number(values.rounds);
const batchMs = Number(values.milliseconds);
/** Nanoseconds that a step may cost besides its action. */
const goal = 1000;

const { actions, checkInput, compile, steps, nextTurn } = await openStage();

/** A loop of its own for every function, so that the compiler may treat each as if it were the only one. */
const loopOver = (call) =>
  new Function('call', 'return (count) => { let last; for (let i = 0; i < count; i++) last = call(); return last; }')(
    call,
  );

/** How often a loop has to go round to take the time of a batch; the compiler is done by then. */
const warmUp = async (loop) => {
  for (let count = 1; ; count *= 2) {
    await nextTurn();
    const begin = performance.now();
    const last = loop(count);
    if (last instanceof Promise) return null;
    const ms = performance.now() - begin;
    if (ms >= batchMs) return Math.max(1, Math.round((count * batchMs) / ms));
  }
};

/** Nanoseconds per call of each function: the medians of rounds in which they take turns. */
const measure = async (calls) => {
  const loops = calls.map(loopOver);
  const counts = [];
  for (const loop of loops) counts.push(await warmUp(loop));
  if (counts.includes(null)) return null;
  const times = calls.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, loop] of loops.entries()) {
      await nextTurn();
      const begin = performance.now();
      loop(counts[index]);
      times[index].push(((performance.now() - begin) * 1e6) / counts[index]);
    }
  }
  return times.map(median);
};

const isPure = ({ run, fields }) => run.length < 2 && !Object.values(fields).some(({ lazy, rows }) => lazy || rows);

const chosen = actions.filter(isPure).filter(({ id }) => id.startsWith(values.only));
const results = [];
// The first steps of all find the engine's own code cold, so the beginning is done twice.
for (const action of [...chosen.slice(0, 10), ...chosen]) {
  const given = action.examples.find(({ fails }) => fails === undefined)?.given;
  if (given === undefined) continue;
  const prepared = checkInput(action, given);
  const byHand = plain[action.id];
  if (byHand !== undefined && JSON.stringify(byHand(prepared) ?? null) !== JSON.stringify(action.run(prepared) ?? null))
    throw new Error(`bench/actions/plain.mjs gives something else than ${action.id} for its first example.`);
  const calls = [compile(action, given), () => action.run(prepared), ...(byHand ? [() => byHand(prepared)] : [])];
  const times = await measure(calls);
  if (times === null) continue;
  const [all, own, hand] = times;
  const step = all / steps;
  const beside = hand ?? own;
  const again = results.findIndex(({ id }) => id === action.id);
  if (again >= 0) results.splice(again, 1);
  results.push({ id: action.id, step, own, hand, wrapper: step - own, ratio: step / beside });
}

const ns = (value) => (value === undefined ? '' : value.toFixed(value < 100 ? 1 : 0));
const table = (rows) => {
  console.log('| action | × plain | as a step, ns | its function, ns | by hand, ns | the step besides it, ns |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const { id, step, own, hand, wrapper, ratio } of rows)
    console.log(`| ${id} | ${ratio.toFixed(1)} | ${ns(step)} | ${ns(own)} | ${ns(hand)} | ${ns(wrapper)} |`);
};

console.log(`${results.length} pure actions, each with the input of its first example. The worst by ratio:\n`);
table(results.toSorted((a, b) => b.ratio - a.ratio).slice(0, Number(values.worst)));
const slower = results.filter(({ hand }) => hand !== undefined);
if (slower.length > 0) {
  console.log(`\nThe functions that lose most to what is written by hand (${slower.length} compared):\n`);
  table(slower.toSorted((a, b) => b.own / b.hand - a.own / a.hand).slice(0, Number(values.worst)));
}
const wrapper = median(results.map((result) => result.wrapper));
console.log(
  `\nA step costs ${ns(wrapper)} ns besides its action at the median; the goal is less than ${goal}: ${wrapper < goal ? 'met' : 'MISSED'}.`,
);
