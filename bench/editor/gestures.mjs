// What a hand does on a canvas, as events of mouse and wheel at the pace of a screen. Works on any page of React Flow.
import { sleep } from '../measure.mjs';
import { trace } from './trace.mjs';

const frameMs = 1000 / 60;

/** Does one step per frame of a screen, for some time; a page that is slower gets fewer. `step` is given 0 to 1. */
async function during(seconds, step) {
  const begun = performance.now();
  for (;;) {
    const now = performance.now() - begun;
    if (now > seconds * 1000) return;
    await step(now / (seconds * 1000));
    await sleep(Math.max(0, frameMs - (performance.now() - begun - now)));
  }
}

class Hand {
  constructor(page, cdp) {
    this.page = page;
    this.cdp = cdp;
  }

  /** A free point of the canvas near its middle, and its middle. */
  async places() {
    return this.page.evaluate(() => {
      const { left, top, width, height } = document.querySelector('.react-flow').getBoundingClientRect();
      const middle = { x: Math.round(left + width / 2), y: Math.round(top + height / 2) };
      const isFree = ({ x, y }) => document.elementFromPoint(x, y)?.classList.contains('react-flow__pane');
      for (let step = 0; ; step += 4) {
        for (const x of [middle.x - step, middle.x + step])
          for (const y of [middle.y, middle.y + 30, middle.y - 30, middle.y + 60])
            if (isFree({ x, y })) return { middle, free: { x, y } };
        if (step > width / 2) throw new Error('No free place on the canvas.');
      }
    });
  }

  move(point) {
    return this.cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', button: 'none', ...point });
  }
  drag(point) {
    return this.cdp.send('Input.dispatchMouseEvent', { type: 'mouseMoved', button: 'left', buttons: 1, ...point });
  }
  press(point) {
    return this.cdp.send('Input.dispatchMouseEvent', {
      type: 'mousePressed',
      button: 'left',
      buttons: 1,
      clickCount: 1,
      ...point,
    });
  }
  release(point) {
    return this.cdp.send('Input.dispatchMouseEvent', {
      type: 'mouseReleased',
      button: 'left',
      clickCount: 1,
      ...point,
    });
  }
  /** `modifiers` 2 is Ctrl, which is also how a pinch of a touchpad arrives. */
  wheel(point, deltaX, deltaY, modifiers = 0) {
    return this.cdp.send('Input.dispatchMouseEvent', { type: 'mouseWheel', ...point, deltaX, deltaY, modifiers });
  }
}

const zoomOf = (page) =>
  page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport')).transform).a);

/** Zooms as a pinch does, until it is about what is wanted; 1 is full size. */
export async function zoomTo(page, cdp, wanted) {
  const hand = new Hand(page, cdp);
  const { middle } = await hand.places();
  for (let tries = 0; tries < 200; tries++) {
    const zoom = await zoomOf(page);
    if (Math.abs(Math.log2(zoom / wanted)) < 0.05) return;
    await hand.wheel(middle, 0, zoom > wanted ? 10 : -10, 2);
    await sleep(frameMs);
  }
}

/** Takes the ground and moves it: strokes of 300 pixels, half of them up and half of them down again. */
async function pan(hand, seconds) {
  const { free } = await hand.places();
  const strokes = 8;
  const reach = 300;
  let stroke = -1;
  let at = free;
  await during(seconds, async (progress) => {
    const now = Math.floor(progress * strokes);
    const sign = now < strokes / 2 ? -1 : 1;
    if (now !== stroke) {
      if (stroke >= 0) await hand.release(at);
      stroke = now;
      await hand.press(free);
    }
    at = { x: free.x, y: Math.round(free.y + sign * reach * ((progress * strokes) % 1)) };
    await hand.drag(at);
  });
  await hand.release(at);
}

/** Two fingers down the whole way, and up again. */
async function scroll(hand, seconds) {
  const { middle } = await hand.places();
  await hand.move(middle);
  await during(seconds, (progress) => hand.wheel(middle, 0, progress < 0.5 ? 40 : -40));
}

async function zoom(hand, seconds) {
  const { middle } = await hand.places();
  await hand.move(middle);
  await during(seconds, (progress) => hand.wheel(middle, 0, Math.floor(progress * 4) % 2 === 0 ? 6 : -6, 2));
}

/** Takes a node on screen through half of the canvas, over others, and ends outside of any place for it. */
async function carry(hand, seconds) {
  const { middle } = await hand.places();
  const from = await hand.page.evaluate(({ x, y }) => {
    const nodes = [...document.querySelectorAll('.react-flow__node')];
    const boxes = nodes
      .filter((node) => node.matches('.react-flow__node-default, .react-flow__node-action'))
      .map((node) => node.getBoundingClientRect());
    const far = (box) => Math.hypot(box.left + box.width / 2 - x, box.top + box.height / 2 - y);
    // Containers are carried too, but what is carried here is a single action.
    const { left, top } = boxes.filter(({ height }) => height < 120).sort((a, b) => far(a) - far(b))[0];
    return { x: left + 20, y: top + 12 };
  }, middle);
  await hand.move(from);
  await hand.press(from);
  let at = from;
  await during(seconds, (progress) => {
    const turn = progress * 4 * Math.PI;
    at = { x: Math.round(from.x + 140 * Math.sin(turn)), y: Math.round(from.y + 160 * Math.sin(turn / 2)) };
    return hand.drag(at);
  });
  await hand.page.keyboard.press('Escape');
  await hand.release(at);
}

const near = 1;
const far = 0.25;
export const gestures = [
  { name: 'panning by drag', zoom: near, perform: pan },
  { name: 'panning by wheel', zoom: near, perform: scroll },
  { name: 'dragging a node', zoom: near, perform: carry },
  { name: 'zooming', zoom: near, perform: zoom },
  { name: 'panning by drag, far out', zoom: far, perform: pan },
  { name: 'panning by wheel, far out', zoom: far, perform: scroll },
];

/** Does gestures on a page; gives the costs of each by its name. */
export async function measureGestures(page, cdp, chosen, seconds) {
  const hand = new Hand(page, cdp);
  const costs = {};
  for (const { name, zoom: wanted, perform } of chosen) {
    await zoomTo(page, cdp, wanted);
    await sleep(300);
    costs[name] = await trace(cdp, () => perform(hand, seconds));
  }
  return costs;
}
