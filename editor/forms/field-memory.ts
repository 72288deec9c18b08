import type { Json } from '../../engine/document/types.ts';
import type { ValueKind } from './value-kinds.ts';

/** What is remembered of one field while the operation is open. */
interface Remembered {
  /** What was typed and is not, or not just so, what the document has. */
  text?: { typed: string; value: Json | undefined } | undefined;
  /** A kind that was chosen and has no value yet. */
  pending?: { kind: ValueKind; value: Json | undefined } | undefined;
  /** A list or an object is shown as JSON. */
  isAsJson?: boolean;
  /** The last value of each kind. */
  former?: Map<ValueKind, Json>;
  /** What the last change of kind made, as long as nobody has touched it. */
  made?: { value: Json };
}

/**
 * What people typed or had in fields, beside the document. Nothing of it is ever saved: it lasts as long as the operation is
 * on screen, so that looking at another node loses nothing.
 */
export class FieldMemory {
  private readonly fields = new Map<string, Remembered>();

  /** @param key names a field within the operation */
  of(key: string): Remembered {
    const known = this.fields.get(key);
    if (known !== undefined) return known;
    const made: Remembered = {};
    this.fields.set(key, made);
    return made;
  }

  /** Forgets what lies below a field: its parts have moved. */
  forgetBelow(key: string): void {
    for (const known of this.fields.keys()) if (known.startsWith(`${key}/`)) this.fields.delete(known);
  }
}
