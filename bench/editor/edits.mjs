// From the press of a key to the painted frame that shows what it did.
import { sleep } from '../measure.mjs';
import { trace } from './trace.mjs';

/**
 * Waits in the page for the next key press, and from then on for what a test in words of selectors says; gives the milliseconds
 * from the event to the end of the frame in which it was true.
 */
const watch = ({ gone, there, text, more }) => {
  const count = () => document.querySelectorAll('.react-flow__node').length;
  const known = new Set([...document.querySelectorAll('.react-flow__node')].map((node) => node.dataset.id));
  const isDone = () => {
    if (gone !== undefined) return document.querySelector(gone) === null;
    if (there !== undefined) return document.querySelector(there) !== null;
    if (text !== undefined) return document.querySelector(text.in)?.textContent.includes(text.is) ?? false;
    return (
      count() > 0 &&
      more &&
      [...document.querySelectorAll('.react-flow__node')].some((node) => !known.has(node.dataset.id))
    );
  };
  globalThis.shownAfter = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('The edit was never shown.')), 20_000);
    addEventListener(
      'keydown',
      (press) => {
        performance.mark('bench key');
        const check = () => {
          if (!isDone()) return;
          observer.disconnect();
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              clearTimeout(late);
              performance.mark('bench shown');
              resolve(performance.now() - press.timeStamp);
            };
            // A task after the frame.
            port2.postMessage(null);
          });
        };
        const observer = new MutationObserver(check);
        observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
      },
      { capture: true, once: true },
    );
  });
};

/** Presses a key; gives the milliseconds until what it does is on screen. */
async function measure(page, key, expected) {
  // The edit before is saved, and what it said has been said.
  await sleep(400);
  await page.evaluate(watch, expected);
  await page.keyboard.press(key);
  return page.evaluate(() => globalThis.shownAfter);
}

const byId = (id) => `.react-flow__node[data-id="${id}"]`;

/** A node that stands alone, well inside of the canvas, and a point on it. */
const firstPlain = (page, kind) =>
  page.evaluate((selector) => {
    const { top, bottom, left: begin, right: end } = document.querySelector('.react-flow').getBoundingClientRect();
    const node = [...document.querySelectorAll(selector)].find((one) => {
      const box = one.getBoundingClientRect();
      return box.height < 120 && box.top > top + 60 && box.bottom < bottom - 180 && box.left > begin && box.right < end;
    });
    const box = node.getBoundingClientRect();
    return { id: node.dataset.id, x: box.left + box.width / 4, y: box.top + box.height / 4 };
  }, kind);

/** How the two pages are told the same thing. */
export const flavours = {
  editor: {
    node: '.react-flow__node-action',
    deleteKey: 'Delete',
    titleOf: (id) => `Title of ${id.split('/').at(-1)}`,
    async prepareInsert(page, node) {
      await page.locator(`${node} .insert-plus`).click();
      await page.getByRole('search', { name: 'Actions to add here' }).getByRole('searchbox').fill('variable/set');
    },
  },
  stress: {
    node: '.react-flow__node-default',
    deleteKey: 'Backspace',
    titleOf: () => 'Title',
    prepareInsert: (page) => page.getByRole('button', { name: 'Add' }).focus(),
  },
};

export const edits = ['Delete', 'undo', 'insert by +', 'typing a character'];

/** Each edit once, and taken back; by its name the milliseconds until it is shown, and those of the processor in them. */
export async function measureEdits(page, cdp, flavour) {
  const shown = {};
  const { between } = await trace(cdp, () => edit(page, flavour, shown));
  const busy = between('bench key', 'bench shown');
  return Object.fromEntries(edits.map((name, at) => [name, { shown: shown[name], busy: busy[at] }]));
}

async function edit(page, flavour, found) {
  const { id, x, y } = await firstPlain(page, flavour.node);
  const node = byId(id);
  await page.mouse.click(x, y);
  await sleep(200);
  found.Delete = await measure(page, flavour.deleteKey, { gone: node });
  found.undo = await measure(page, 'Control+z', { there: node });

  await page.mouse.click(x, y);
  await sleep(200);
  await flavour.prepareInsert(page, node);
  found['insert by +'] = await measure(page, 'Enter', { more: true });
  await page.keyboard.press('Control+z');
  await sleep(300);

  await page.mouse.click(x, y);
  const title = page.getByLabel(flavour.titleOf(id), { exact: true });
  await title.click();
  await title.press('End');
  found['typing a character'] = await measure(page, 'q', { text: { in: node, is: `${await title.inputValue()}q` } });
  await title.press('Backspace');
}
