import { isId } from '../document/address.ts';

const longest = 64;

/** The id that is nearest to a text: accents go, what an id cannot hold becomes a dash. */
export function toId(text: string, fallback: string): string {
  if (isId(text as unknown)) return text;
  const plain = text
    .slice(0, 1024)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, longest)
    .replace(/-+$/, '');
  return plain === '' ? fallback : plain;
}

/** Gives every name once: the second `join` is `join-2`. */
export class Names {
  private readonly taken = new Set<string>();
  private readonly next = new Map<string, number>();

  /** @param limit characters that a name may have; undefined for any text */
  constructor(private readonly limit: number | undefined = longest) {}

  has(name: string): boolean {
    return this.taken.has(name);
  }

  give(wanted: string): string {
    let name = wanted;
    for (let number = this.next.get(wanted) ?? 2; this.taken.has(name); number++) {
      const suffix = `-${number}`;
      name = (this.limit === undefined ? wanted : wanted.slice(0, this.limit - suffix.length)) + suffix;
      this.next.set(wanted, number + 1);
    }
    this.taken.add(name);
    return name;
  }
}
