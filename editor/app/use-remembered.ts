import { useState } from 'react';

/** A yes or no that this browser remembers under a key. */
export function useRemembered(key: string, byDefault: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => {
    const stored = localStorage.getItem(key);
    return stored === null ? byDefault : stored === 'true';
  });
  const change = (next: boolean): void => {
    localStorage.setItem(key, String(next));
    setValue(next);
  };
  return [value, change];
}
