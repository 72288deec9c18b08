import { useLayoutEffect, useRef } from 'react';
import { Icon } from '../ui/icon.tsx';
import { useCanvas, useCanvasState } from './canvas-context.ts';

/** What is carried, under the pointer. */
export function CarriedLoad() {
  const { view } = useCanvas();
  const load = useCanvasState((state) => state.drag?.load);
  const isNear = useCanvasState((state) => state.drag?.target != null);
  const shown = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    view.placeLoad = (x, y) => shown.current?.style.setProperty('translate', `${x + 8}px ${y + 8}px`);
    return () => {
      view.placeLoad = null;
    };
  }, [view]);
  if (load === undefined) return null;
  return (
    <div ref={shown} className={`carried${isNear ? '' : ' is-far'}`} aria-hidden="true">
      <Icon name={load.kind === 'new' ? 'add' : 'grip'} size={14} />
      {load.title}
    </div>
  );
}
