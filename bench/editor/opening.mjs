// From the navigation to the canvas on screen, and the scripts that come with it.
import { gzipSync } from 'node:zlib';
import { sleep } from '../measure.mjs';
import { trace } from './trace.mjs';

/** Runs in the page from its begin: notes when nodes of the canvas have been painted. */
const noteDrawn = () => {
  const look = () => {
    // React Flow hides nodes until it has measured them.
    const isSeen = document.querySelector('.react-flow__node')?.checkVisibility({ visibilityProperty: true });
    if (!isSeen) return requestAnimationFrame(look);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      globalThis.drawnAfter = performance.now();
      performance.mark('bench drawn');
    };
    // A task after the frame that shows them.
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
};

/**
 * Opens an address in a page that has nothing in its cache: milliseconds until nodes are painted, those of the processor in
 * them, kilobytes of script (gzip).
 */
export async function open(page, cdp, url) {
  const scripts = [];
  const collect = (response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  };
  page.on('response', collect);
  await page.addInitScript(noteDrawn);
  const { before } = await trace(cdp, async () => {
    await page.goto(url);
    await page.waitForFunction(() => globalThis.drawnAfter !== undefined);
  });
  // What the page fetches unasked right after counts too.
  await sleep(1500);
  page.off('response', collect);
  const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body).length, 0);
  return { drawn: await page.evaluate(() => globalThis.drawnAfter), busy: before('bench drawn'), script: bytes / 1024 };
}
