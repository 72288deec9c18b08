import { browserStore } from '../state/browser-store.ts';

/** Parts of the screen that can be put away. */
type Part = 'palette' | 'outline' | 'minimap';

/** Whether this browser was told to show a part; undefined when it was told nothing. */
export function isTold(part: Part): boolean | undefined {
  const told = browserStore.getItem(`sluice.${part}`);
  return told === null ? undefined : told === 'shown';
}

export const tell = (part: Part, isShown: boolean): void =>
  browserStore.setItem(`sluice.${part}`, isShown ? 'shown' : 'hidden');
