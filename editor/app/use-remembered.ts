import { useState } from 'react';
import { browserStore } from '../state/browser-store.ts';

/** A yes or no that this browser remembers under a key. */
export function useRemembered(key: string, byDefault: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    const stored = browserStore.getItem(key);
    return stored === null ? byDefault : stored === 'true';
  });
  const change = (next: boolean): void => {
    browserStore.setItem(key, String(next));
    setValue(next);
  };
  return [value, change];
}
