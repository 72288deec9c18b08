import { type RefObject, useLayoutEffect } from 'react';
import { useReactFlow, useStoreApi } from 'reactflow';
import { corners } from '../graph/drop-targets.ts';
import { nameOf } from '../graph/walk.ts';
import type { OperationSession } from '../state/operation-session.ts';
import { useCanvas } from './canvas-context.ts';
import type { Stage } from './canvas-view.ts';

/** What stays free around a node that is moved into sight, in pixels of the page. */
const margin = 24;
const calmMs = 160;
/** Frames in which a node that is moved into sight has to be drawn. */
const patience = 30;

/** What was seen of an operation when its canvas was drawn last: it is drawn anew when the panel is put away. */
export const seen = new WeakMap<OperationSession, { middle: number; y: number; zoom: number }>();

/** Lets commands move the drawn canvas. Stands inside React Flow. */
export function CanvasStage({ frame }: { frame: RefObject<HTMLElement | null> }) {
  const { view } = useCanvas();
  const flow = useReactFlow();
  const store = useStoreApi();
  useLayoutEffect(() => {
    let wanted: string | null = null;
    const calm = { duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : calmMs };
    const element = (name: string): HTMLElement | null => {
      const node = view.walk.node(name);
      return node === undefined
        ? null
        : (frame.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(node.id)}"]`) ?? null);
    };
    const reveal = (name: string, { duration } = calm): void => {
      const node = view.walk.node(name);
      if (node === undefined) return;
      const { x, y } = corners(view.graph.nodes).get(node.id) ?? node;
      const { x: left, y: top, zoom } = flow.getViewport();
      const { width, height } = store.getState();
      const to = {
        x: shift(left + x * zoom, node.width * zoom, width),
        // Of a container, the head is what one wants to see.
        y: shift(top + y * zoom, Math.min(node.height * zoom, height - 2 * margin), height),
      };
      if (to.x !== 0 || to.y !== 0) void flow.setViewport({ x: left + to.x, y: top + to.y, zoom }, { duration });
    };
    const focusSoon = (left: number): void => {
      if (wanted === null) return;
      const found = element(wanted);
      if (found !== null) {
        found.focus({ preventScroll: true });
        reveal(wanted);
        wanted = null;
      } else if (left > 0) {
        reveal(wanted, { duration: 0 });
        requestAnimationFrame(() => focusSoon(left - 1));
      }
    };
    const stage: Stage = {
      reveal,
      focus(name) {
        // The edit that made it may not be drawn yet.
        if (wanted === null) requestAnimationFrame(() => focusSoon(patience));
        wanted = name;
      },
      focused() {
        const id = document.activeElement?.closest<HTMLElement>('.react-flow__node')?.dataset.id;
        const node = view.graph.nodes.find((one) => one.id === id);
        return node === undefined ? null : nameOf(node);
      },
      zoom(by) {
        if (by === 'in') void flow.zoomIn(calm);
        else if (by === 'out') void flow.zoomOut(calm);
        else if (by === 'actual') void flow.zoomTo(1, calm);
        else void flow.fitView({ ...calm, padding: 0.08, maxZoom: 1 });
      },
      pointAt(x, y) {
        const box = stage.box();
        const isInside = x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
        return isInside ? flow.screenToFlowPosition({ x, y }) : null;
      },
      boxOf: (name) => element(name)?.getBoundingClientRect() ?? null,
      box: () => frame.current?.getBoundingClientRect() ?? new DOMRect(),
      panBy(x, y) {
        const { x: left, y: top, zoom } = flow.getViewport();
        void flow.setViewport({ x: left + x, y: top + y, zoom });
      },
      openMenu(name, at) {
        const node = element(name);
        const box = (node?.querySelector('.kebab') ?? node)?.getBoundingClientRect() ?? stage.box();
        const { x, y } = at ?? { x: box.left, y: Math.min(box.bottom, box.top + 32) };
        // A menu of the right button opens where its event says.
        frame.current?.dispatchEvent(
          new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: x, clientY: y }),
        );
      },
    };
    view.stage = stage;
    const revealSoon = (name: string, left: number): void => {
      if (view.walk.node(name) !== undefined) reveal(name);
      else if (left > 0) requestAnimationFrame(() => revealSoon(name, left - 1));
    };
    const stopRevealing = view.session.state.subscribe(({ revealed }, before) => {
      if (revealed === null || revealed === before.revealed) return;
      // The edit before may not be drawn yet.
      requestAnimationFrame(() => revealSoon(revealed.name, patience));
    });
    // Beside the canvas something came or went: what was in the middle stays there.
    const stopCentring = store.subscribe(({ width }, before) => {
      if (width !== before.width && width > 0 && before.width > 0) stage.panBy((width - before.width) / 2, 0);
    });
    return () => {
      stopRevealing();
      stopCentring();
      const { x, y, zoom } = flow.getViewport();
      if (store.getState().width > 0)
        seen.set(view.session, { middle: (store.getState().width / 2 - x) / zoom, y, zoom });
      if (view.stage === stage) view.stage = null;
    };
  }, [view, flow, store, frame]);
  return null;
}

/** How far something has to move along one axis to lie within `room`. */
function shift(start: number, size: number, room: number): number {
  if (start < margin || size > room - 2 * margin) return margin - start;
  return Math.min(0, room - margin - (start + size));
}
