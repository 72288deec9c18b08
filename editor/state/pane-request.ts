import { createStore } from 'zustand/vanilla';
import type { LowerTab, UpperTab } from './operation-session.ts';

/** The tabs that a command wants to have on screen with the node it leads to. */
export interface PaneRequest {
  address: string;
  upper?: UpperTab;
  lower?: LowerTab;
}

/** null once they are on screen. */
export const paneRequest = createStore<PaneRequest | null>(() => null);
