import type { Json } from '../document/types.ts';

/** A place in the imported document: what stands there, and its pointer for whoever has to be told. */
export class Source {
  private constructor(
    /** Undefined where there is nothing. */
    readonly value: Json | undefined,
    private readonly parent: Source | undefined,
    private readonly key: string | number,
  ) {}

  static root(value: Json): Source {
    return new Source(value, undefined, '');
  }

  /** A member of an object. Only own keys count: a document may well hold "constructor". */
  at(key: string): Source {
    const { object } = this;
    return new Source(object !== undefined && Object.hasOwn(object, key) ? object[key] : undefined, this, key);
  }

  /** The items of an array; none for anything else. */
  get items(): Source[] {
    return Array.isArray(this.value) ? this.value.map((item, index) => new Source(item, this, index)) : [];
  }

  /** The members of an object; none for anything else. */
  get members(): [string, Source][] {
    return Object.entries(this.object ?? {}).map(([key, value]) => [key, new Source(value, this, key)]);
  }

  get object(): { [key: string]: Json } | undefined {
    const { value } = this;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** A text that says something; undefined for an empty one and for anything else. */
  get filled(): string | undefined {
    return typeof this.value === 'string' && this.value.trim() !== '' ? this.value : undefined;
  }

  /** Whether nothing is lost when this is left out: missing, null, false, or without content. */
  get isEmpty(): boolean {
    const { value } = this;
    if (value === undefined || value === null || value === false || value === '') return true;
    return typeof value === 'object' && Object.keys(value).length === 0;
  }

  /** RFC 6901. */
  get pointer(): string {
    if (this.parent === undefined) return '';
    return `${this.parent.pointer}/${String(this.key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
  }
}
