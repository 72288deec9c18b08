import { createStore } from 'zustand/vanilla';
import { browserStore } from '../state/browser-store.ts';

const key = 'sluice.recently-used';
const most = 6;

/** Ids of the actions that were added last in this browser, the latest first. */
export const recentlyUsed = createStore<readonly string[]>(() => stored());

function stored(): string[] {
  try {
    const found: unknown = JSON.parse(browserStore.getItem(key) ?? '[]');
    return Array.isArray(found) ? found.filter((id) => typeof id === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function noteUse(action: string): void {
  const next = [action, ...recentlyUsed.getState().filter((id) => id !== action)].slice(0, most);
  recentlyUsed.setState(next, true);
  browserStore.setItem(key, JSON.stringify(next));
}
