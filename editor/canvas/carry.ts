import { dropTargetAt } from '../graph/drop-targets.ts';
import type { InsertPlace } from '../graph/place.ts';
import type { CanvasView, Load } from './canvas-view.ts';

/** How far the pointer goes before a press becomes a drag, in pixels. */
const slack = 4;
/** How near to the edge of the canvas it begins to move, and how far it goes in a frame at most, in pixels. */
const margin = 48;
const fastest = 18;

/**
 * Carries actions over the canvas from the press of a pointer on: the nearest place for them is marked, near the edge the
 * canvas moves along, Escape and letting go far from all places put them back. `drop` is told the place.
 */
export function carry(press: PointerEvent, load: Load, view: CanvasView, drop: (place: InsertPlace) => void): void {
  const without = new Set(load.kind === 'move' ? load.ids.map((id) => `${view.session.address}/${id}`) : []);
  let at = { x: press.clientX, y: press.clientY };
  let isCarried = false;
  // What comes from the palette crosses the edge first; that is no wish to move on.
  let wasInside = false;
  let frame = 0;

  const step = (): void => {
    frame = 0;
    const { stage } = view;
    if (stage === null) return;
    view.placeLoad?.(at.x, at.y);
    const pan = panAt(at, stage.box());
    wasInside ||= isWellInside(at, stage.box());
    if (pan !== null && wasInside) stage.panBy(pan.x, pan.y);
    const point = stage.pointAt(at.x, at.y);
    const target = point === null ? null : dropTargetAt(view.graph, point, without);
    const before = view.state.getState().drag?.target ?? null;
    if (before?.x !== target?.x || before?.y !== target?.y) view.state.setState({ drag: { load, target } });
    if (pan !== null && wasInside) frame = requestAnimationFrame(step);
  };
  const onMove = (event: PointerEvent): void => {
    if (event.pointerId !== press.pointerId) return;
    at = { x: event.clientX, y: event.clientY };
    if (!isCarried) {
      if (Math.hypot(at.x - press.clientX, at.y - press.clientY) < slack) return;
      isCarried = true;
      getSelection()?.removeAllRanges();
      view.state.setState({ drag: { load, target: null } });
    }
    event.preventDefault();
    frame ||= requestAnimationFrame(step);
  };
  const end = (isDropped: boolean): void => {
    cancelAnimationFrame(frame);
    listeners.abort();
    if (!isCarried) return;
    if (isDropped) step();
    cancelAnimationFrame(frame);
    const target = view.state.getState().drag?.target ?? null;
    view.state.setState({ drag: null });
    // The click that the browser makes of it is no choice.
    addEventListener('click', stopIt, { capture: true, once: true });
    setTimeout(() => removeEventListener('click', stopIt, { capture: true }));
    if (isDropped && target !== null) drop(target.place);
  };
  const listeners = new AbortController();
  const { signal } = listeners;
  addEventListener('pointermove', onMove, { signal });
  addEventListener('pointerup', (event) => event.pointerId === press.pointerId && end(true), { signal });
  addEventListener('pointercancel', () => end(false), { signal });
  addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !isCarried) return;
      stopIt(event);
      end(false);
    },
    { signal, capture: true },
  );
}

const stopIt = (event: Event): void => {
  event.preventDefault();
  event.stopPropagation();
};

/** How the canvas moves under a pointer near its edge; null inside and far outside. */
function panAt({ x, y }: { x: number; y: number }, box: DOMRect): { x: number; y: number } | null {
  if (x < box.left - margin || x > box.right + margin || y < box.top - margin || y > box.bottom + margin) return null;
  const near = (distance: number): number => Math.min(1, Math.max(0, (margin - distance) / margin)) * fastest;
  const pan = { x: near(x - box.left) - near(box.right - x), y: near(y - box.top) - near(box.bottom - y) };
  return pan.x === 0 && pan.y === 0 ? null : pan;
}

const isWellInside = ({ x, y }: { x: number; y: number }, box: DOMRect): boolean =>
  x > box.left + margin && x < box.right - margin && y > box.top + margin && y < box.bottom - margin;
