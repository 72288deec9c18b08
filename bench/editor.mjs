#!/usr/bin/env node
// How quick the canvas is with 1,000 actions, beside a page of React Flow with as many nodes. See README.md.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { launch, withOthers } from './editor/chromium.mjs';
import { edits, flavours, measureEdits } from './editor/edits.mjs';
import { gestures, measureGestures, zoomTo } from './editor/gestures.mjs';
import { open } from './editor/opening.mjs';
import { serveStress, signIn, startEditor } from './editor/pages.mjs';
import { report } from './editor/report.mjs';
import { makeScratch, median, quietMachine } from './measure.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '3' },
    edits: { type: 'string', default: '5' },
    only: { type: 'string' },
    patience: { type: 'string', default: '10' },
    dist: { type: 'string', default: process.env.TEST_DIST ?? join(import.meta.dirname, '../dist') },
  },
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const patienceMs = Number(values.patience) * 1000;
/** Cores that other processes may use meanwhile. */
const disturbed = 0.15;
/** `--only panning,zooming` does the gestures that begin like that. */
const asked = gestures.filter(
  ({ name }) => values.only === undefined || values.only.split(',').some((part) => name.startsWith(part)),
);

const stops = [];
const scratch = makeScratch(() => {
  for (const stop of stops) stop();
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

const editor = await startEditor(join(resolve(values.dist), 'engine/main.js'), scratch);
stops.push(editor.stop);
const stress = await serveStress(scratch);
const browser = await launch();
const storageState = await signIn(browser, editor.origin);
const pages = {
  editor: { url: editor.url, context: { storageState } },
  stress: { url: stress.url, context: {} },
};

/** A page in a profile without cache: opened, edited and moved. */
async function measure(name) {
  const { url, context: options } = pages[name];
  await quietMachine(patienceMs);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  const page = await context.newPage();
  const { result, others } = await withOthers(async () => {
    const cdp = await context.newCDPSession(page);
    const opening = await open(page, cdp, url);
    await zoomTo(page, cdp, 1);
    const edited = [];
    for (let time = 0; time < Number(values.edits); time++) edited.push(await measureEdits(page, cdp, flavours[name]));
    return { opening, edits: edited, gestures: await measureGestures(page, cdp, asked, seconds) };
  });
  await context.close();
  return { ...result, others };
}

const found = [];
for (let round = 1; round <= rounds; round++) {
  const results = {};
  // There and back, so that nobody always comes after the same one.
  for (const name of round % 2 === 1 ? ['editor', 'stress'] : ['stress', 'editor']) {
    const result = await measure(name);
    results[name] = result;
    const perFrame = Object.values(result.gestures).map(({ frames }) => median(frames).toFixed(1));
    const perEdit = edits.map((edit) => Math.round(median(result.edits.map((once) => once[edit].shown))));
    console.error(
      `round ${round}  ${name.padEnd(6)} drawn ${Math.round(result.opening.drawn)} ms  frames ${perFrame.join(' ')} ms  edits ${perEdit.join(' ')} ms  others ${result.others.toFixed(2)}`,
    );
  }
  found.push(results);
}
await browser.close();
stress.stop();
console.log(report({ rounds: found, gestures: asked, edits, disturbed }));
process.exit(0);
