import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { CanvasTools } from '../commands/canvas-tools.ts';
import type { CanvasState } from './canvas-view.ts';

export const CanvasContext = createContext<CanvasTools | null>(null);

/** What the parts of the canvas work with; always the same objects, so that nothing is drawn again because of them. */
export function useCanvas(): CanvasTools {
  const tools = useContext(CanvasContext);
  if (tools === null) throw new Error('useCanvas() was called outside a canvas.');
  return tools;
}

/** A part of how the workflow is looked at; the component renders again when that part changes. */
export const useCanvasState = <T>(part: (state: CanvasState) => T): T => useStore(useCanvas().view.state, part);
