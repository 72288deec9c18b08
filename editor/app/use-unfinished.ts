import { useEffect } from 'react';
import { holdUnfinished } from '../state/unfinished.ts';

/** As long as it holds, leaving the page asks first. */
export function useUnfinished(isUnfinished: boolean): void {
  useEffect(() => {
    if (!isUnfinished) return;
    return holdUnfinished();
  }, [isUnfinished]);
}
