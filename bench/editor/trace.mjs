// What the main thread of a page did, from Chromium's own trace.

/** Scripts, and what the browser works out for them. */
const scripts = new Set([
  'EventDispatch',
  'FunctionCall',
  'EvaluateScript',
  'v8.compile',
  'TimerFire',
  'FireAnimationFrame',
  'FireIdleCallback',
  'RunMicrotasks',
  'MinorGC',
  'MajorGC',
  'HitTest',
  'IntersectionObserverController::computeIntersections',
]);
const layouts = new Set(['UpdateLayoutTree', 'Layout']);
const categories = ['devtools.timeline', 'disabled-by-default-devtools.timeline', 'blink.user_timing', '__metadata'];

/**
 * Traces a page while `work` is done. Milliseconds of processor time, so that a busy machine does not count: `frames` of
 * script, style and layout that led to each frame, `all` of everything up to each frame, paint included; `tasks` of each task;
 * `before(mark)` of all tasks up to a mark of the page, `between(mark, mark)` of those from one to the other, for each pair.
 */
export async function trace(cdp, work) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  cdp.on('Tracing.dataCollected', collect);
  await cdp.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: categories } });
  const since = performance.now();
  await work();
  const seconds = (performance.now() - since) / 1000;
  const complete = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await complete;
  cdp.off('Tracing.dataCollected', collect);
  return { seconds, ...costs(events) };
}

const ms = ({ tdur = 0 }) => tdur / 1000;

function costs(events) {
  const spans = events.filter(({ ph }) => ph === 'X');
  const own = mainThread(spans).sort((a, b) => a.ts - b.ts || b.dur - a.dur);
  const frames = [];
  const all = [];
  const tasks = [];
  let [work, total] = [0, 0];
  // What is nested in a span that counts is counted with it.
  let end = 0;
  for (const span of own) {
    if (span.name === 'RunTask') {
      tasks.push(ms(span));
      total += ms(span);
    } else if (span.name === 'Commit') {
      frames.push(work);
      all.push(total);
      [work, total] = [0, 0];
    } else if ((scripts.has(span.name) || layouts.has(span.name)) && span.ts >= end) {
      work += ms(span);
      end = span.ts + span.dur;
    }
  }
  return { frames, all, tasks, ...markedTasks(events, own) };
}

function markedTasks(events, own) {
  const runs = own.filter(({ name }) => name === 'RunTask');
  const marks = (name) => events.filter((one) => one.cat === 'blink.user_timing' && one.name === name);
  const within = (from, to) =>
    runs.filter((task) => task.ts + task.dur > from && task.ts < to).reduce((sum, task) => sum + ms(task), 0);
  return {
    before: (name) => within(0, marks(name)[0].ts),
    between: (from, to) => marks(from).map(({ ts }, at) => within(ts, marks(to)[at].ts)),
  };
}

/** The spans of the thread that made the frames. */
function mainThread(spans) {
  const threads = new Map();
  for (const span of spans) {
    const thread = `${span.pid} ${span.tid}`;
    if (!threads.has(thread)) threads.set(thread, []);
    threads.get(thread).push(span);
  }
  const count = (own) => own.filter(({ name }) => name === 'Commit').length;
  return [...threads.values()].reduce((most, own) => (count(own) > count(most) ? own : most), []);
}
