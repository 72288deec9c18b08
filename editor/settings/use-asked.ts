import { useCallback, useEffect, useState } from 'react';
import { messageOf } from '../api/problem.ts';
import { useWorkspace } from '../app/workspace-context.ts';

/** What a GET of the control API answers, and how to ask again. `everyMs` asks by itself. */
export function useAsked<T>(
  path: string,
  everyMs?: number,
): { value: T | null; failure: string | null; again(): void } {
  const { api } = useWorkspace();
  const [value, setValue] = useState<T | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const again = useCallback(() => {
    api.get<T>(path).then(
      (answer) => {
        setValue(answer);
        setFailure(null);
      },
      (thrown: unknown) => setFailure(messageOf(thrown)),
    );
  }, [api, path]);
  useEffect(again, [again]);
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => document.hidden || again(), everyMs);
    return () => clearInterval(timer);
  }, [again, everyMs]);
  return { value, failure, again };
}
