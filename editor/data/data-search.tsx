import { useEffect, useRef, useState } from 'react';
import { Icon } from '../ui/icon.tsx';
import type { DataPath } from './data-rows.ts';
import { findInData, mostHits } from './find-in-data.ts';

/** How long one stretch of a search may hold up the page, in ms. */
const stretchMs = 12;

/** A box that looks for a text in keys and values, and goes from hit to hit: Enter forward, with Shift back. */
export function DataSearch({
  value,
  label,
  onSearch,
  onReveal,
}: {
  value: unknown;
  label: string;
  onSearch(wanted: string): void;
  onReveal(path: DataPath): void;
}) {
  const [wanted, setWanted] = useState('');
  const [index, setIndex] = useState(0);
  const hits = useHits(value, wanted);
  const reveal = useRef(onReveal);
  reveal.current = onReveal;

  useEffect(() => {
    setIndex(0);
    if (hits?.[0] !== undefined) reveal.current(hits[0]);
  }, [hits]);

  const go = (step: 1 | -1): void => {
    if (hits === null || hits.length === 0) return;
    const next = (index + step + hits.length) % hits.length;
    setIndex(next);
    onReveal(hits[next] as DataPath);
  };
  const count = hits === null ? 'Searching…' : hits.length === 0 ? 'None' : `${index + 1} of ${countOf(hits.length)}`;
  return (
    <div className="data-search">
      <div className="field">
        <Icon name="search" size={14} />
        <input
          type="search"
          aria-label={`Search in ${label}`}
          placeholder="Search keys and values"
          value={wanted}
          onChange={({ target }) => {
            setWanted(target.value);
            onSearch(target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
            else if (event.key !== 'Escape' || wanted === '') return;
            else {
              setWanted('');
              onSearch('');
            }
            event.preventDefault();
            event.stopPropagation();
          }}
        />
        <span className="data-count" role="status">
          {wanted === '' ? '' : count}
        </span>
      </div>
    </div>
  );
}

const countOf = (hits: number): string => (hits >= mostHits ? `${mostHits} and more` : String(hits));

/** Where the text occurs; null while it is still looked for. */
function useHits(value: unknown, wanted: string): readonly DataPath[] | null {
  const [hits, setHits] = useState<readonly DataPath[] | null>([]);
  useEffect(() => {
    if (wanted === '') {
      setHits([]);
      return;
    }
    setHits(null);
    const search = findInData(value, wanted);
    let timer: ReturnType<typeof setTimeout>;
    const goOn = (): void => {
      const began = performance.now();
      while (performance.now() - began < stretchMs) {
        const step = search.next();
        if (step.done) {
          setHits(step.value);
          return;
        }
      }
      timer = setTimeout(goOn);
    };
    timer = setTimeout(goOn, 150);
    return () => clearTimeout(timer);
  }, [value, wanted]);
  return hits;
}
