import { createStore } from 'zustand/vanilla';

/** How often the logs were cleared from here; what shows records begins anew whenever it changes. */
export const clearedLogs = createStore<number>(() => 0);
