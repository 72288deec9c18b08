import { load, machineCpu } from '../measure.mjs';

const perRequest = (after, before, requests) => ((after - before) * 1000) / requests;

/** CPU milliseconds that neither the engine nor this benchmark used. */
const othersCpu = (machine, machineAfter, engine, engineAfter) =>
  machineAfter.all -
  machine.all -
  (machineAfter.own - machine.own) -
  (engineAfter.worker - engine.worker) -
  (engineAfter.control - engine.control);

/** Loads one engine for a while and says what that cost, and whether every record is there. */
export async function slice(engine, { seconds, connections }) {
  const { records, captures = 0, stores } = engine.variant;
  const droppedBefore = await engine.dropped();
  const storedBefore = await engine.captures();
  const machine = machineCpu();
  const before = engine.cpu();
  const begun = performance.now();
  const { rate, count, p99, bad } = await load({ url: engine.url, seconds, connections, script: engine.script });
  const rss = engine.rss();
  const drained = await engine.drained();
  const after = engine.cpu();
  const wallMs = performance.now() - begun;
  const others = othersCpu(machine, machineCpu(), before, after) / wallMs;
  // The packing of full files, if any, goes on after this; it is no part of what a record costs until it is on disk.
  await engine.quiet();
  const { user, usage, bytes } = await engine.lines();
  // Runs that wrk did not wait for any more are in the log; those that it saw answered must be.
  const stored = (await engine.captures()) - storedBefore;
  const runs = Math.max(count, usage, stored);
  const missing = runs * ((records.usage ?? 0) + (records.user ?? 0)) - usage - user;
  const notStored = Math.abs(runs * captures - stored);
  const dropped = (await engine.dropped()) - droppedBefore;
  if (stores !== undefined) await engine.provesRecording(stores);
  await engine.clear();
  return {
    rate,
    p99,
    bad,
    worker: perRequest(after.worker, before.worker, runs),
    control: perRequest(after.control, before.control, runs),
    rss,
    others,
    lines: user + usage,
    bytes: user + usage === 0 ? 0 : bytes / (user + usage),
    perSecond: ((user + usage) * 1000) / (drained - begun),
    drainMs: drained - begun - seconds * 1000,
    lost: Math.max(missing, dropped) + notStored,
  };
}
