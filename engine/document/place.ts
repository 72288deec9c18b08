import { found } from './found.ts';
import type { Fault } from './types.ts';

/** Where in a document a check is. The pointer is written only for a fault, since most places have none. */
export class Place {
  private constructor(
    private readonly file: string,
    private readonly faults: Fault[],
    private readonly parent: Place | undefined,
    private readonly key: string | number,
  ) {}

  /** The whole document. Faults are added to `faults` in the order they are found. */
  static root(file: string, faults: Fault[]): Place {
    return new Place(file, faults, undefined, '');
  }

  at(key: string | number): Place {
    return new Place(this.file, this.faults, this, key);
  }

  /** RFC 6901. */
  get pointer(): string {
    if (this.parent === undefined) return '';
    return `${this.parent.pointer}/${String(this.key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }

  /** What messages call this place: its key, or its position in the list it stands in. */
  get name(): string {
    if (this.parent === undefined) return 'The document';
    return typeof this.key === 'number' ? `Item ${this.key + 1} of ${this.parent.name}` : JSON.stringify(this.key);
  }

  error(message: string): void {
    this.add('error', message);
  }

  warning(message: string): void {
    this.add('warning', message);
  }

  /** `"port" must be a whole number from 0 to 65535, found "80".` and what to do about it. */
  expected(allowed: string, value: unknown, remedy?: string): void {
    this.error(`${this.name} must be ${allowed}, found ${found(value)}.${remedy === undefined ? '' : ` ${remedy}`}`);
  }

  private add(severity: Fault['severity'], message: string): void {
    this.faults.push({ file: this.file, pointer: this.pointer, message, severity });
  }
}
