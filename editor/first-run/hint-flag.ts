import { browserStore } from '../state/browser-store.ts';

const key = 'sluice.first-steps';

/** Whoever has just created the administrator is shown the first steps, in this browser, until they are put away. */
export const beginHint = (): void => browserStore.setItem(key, 'shown');
export const endHint = (): void => browserStore.removeItem(key);
export const isHintWanted = (): boolean => browserStore.getItem(key) !== null;
