import { createHash } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { LRUCache } from 'lru-cache';
import { ActionFailure, type HostMemory } from '../../actions/kit/define.ts';
import { bytesOf } from './value-bytes.ts';

export interface MemoryOptions {
  /** Bytes of all values together. */
  readonly maxBytes: number;
  /** States that are shared, whatever they weigh. */
  readonly maxShared?: number;
  /** Marks, which have nothing but a name and a time. */
  readonly maxMarks?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly monotonic?: () => number;
}

interface Entry {
  readonly value: unknown;
  /** On the clock that never goes back. */
  readonly until: number;
}

/** Longer keys are kept as their hash, so that no key takes more room than this. */
const longestKey = 200;
/** What an entry takes besides its value. */
const ofEntry = 2 * longestKey + 200;

/** Memory of this process that all runs share: values that are kept until they are not used for the longest time, or too old. */
export function createMemory({
  maxBytes,
  maxShared = 100_000,
  maxMarks = 100_000,
  monotonic,
}: MemoryOptions): HostMemory {
  const now = monotonic ?? (() => performance.now());
  const values = new LRUCache<string, Entry>({ maxSize: Math.max(maxBytes, 1) });
  const states = new LRUCache<string, object>({ max: maxShared });
  const marks = new LRUCache<string, number>({ max: maxMarks });
  const find = (name: string): Entry | undefined => {
    const entry = values.get(name);
    if (entry === undefined || entry.until > now()) return entry;
    values.delete(name);
    return undefined;
  };
  return {
    get: (table, key) => find(nameOf(table, key))?.value,
    set(table, key, value, ttlMs) {
      const name = nameOf(table, key);
      const size = ofEntry + bytesOf(value, maxBytes);
      if (size > maxBytes) {
        // The value before would be wrong from now on.
        values.delete(name);
        throw new ActionFailure(
          'memory-full',
          `The value takes more than the ${maxBytes} bytes that limits.memoryBytes allows for all values together.`,
        );
      }
      values.set(name, { value, until: ttlMs === undefined ? Number.POSITIVE_INFINITY : now() + ttlMs }, { size });
    },
    delete: (table, key) => {
      const name = nameOf(table, key);
      return find(name) !== undefined && values.delete(name);
    },
    shared<T extends object>(kind: string, key: string, make: () => T): T {
      const name = nameOf(kind, key);
      const known = states.get(name);
      if (known !== undefined) return known as T;
      const state = make();
      states.set(name, state);
      return state;
    },
    mark(kind, key, ttlMs) {
      const name = nameOf(kind, key);
      // Asking must not make it younger.
      const until = marks.peek(name);
      if (until !== undefined && until > now()) return false;
      marks.set(name, now() + ttlMs);
      return true;
    },
  };
}

/** One name for both. No two pairs have the same, whatever is in them. */
function nameOf(table: string, key: string): string {
  const name = `${table.length} ${table} ${key}`;
  return name.length <= longestKey ? name : `# ${createHash('sha256').update(name).digest('base64')}`;
}
