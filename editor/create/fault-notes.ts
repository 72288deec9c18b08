import type { Fault } from '../../engine/document/types.ts';

type PlacedFault = Pick<Fault, 'pointer' | 'message' | 'severity'>;

/** What a field shows below itself: the first fault at its place or inside it. */
export interface FaultNotes {
  fault: string | null;
  warning: string | null;
}

/** Looks up what is wrong at a place of a document. `pointer` is RFC 6901, `base` stands before every one that is asked for. */
export const notesOf =
  (faults: readonly PlacedFault[], base = '') =>
  (pointer: string): FaultNotes => {
    const at = base + pointer;
    const here = faults.filter((fault) => fault.pointer === at || fault.pointer.startsWith(`${at}/`));
    const first = (severity: Fault['severity']) =>
      here.find((candidate) => candidate.severity === severity)?.message ?? null;
    return { fault: first('error'), warning: first('warning') };
  };
