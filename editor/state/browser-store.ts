/**
 * What this browser remembers of how the editor looks. A browser may deny it, or have no room: then it is forgotten with
 * the page, and nothing else changes.
 */
export class BrowserStore {
  private readonly forgotten = new Map<string, string>();

  /** @param area asked each time, since asking itself may be refused */
  constructor(private readonly area: () => Storage) {}

  readonly getItem = (key: string): string | null => {
    try {
      return this.area().getItem(key) ?? this.forgotten.get(key) ?? null;
    } catch {
      return this.forgotten.get(key) ?? null;
    }
  };

  readonly setItem = (key: string, value: string): void => {
    try {
      this.area().setItem(key, value);
      this.forgotten.delete(key);
    } catch {
      this.forgotten.set(key, value);
    }
  };

  readonly removeItem = (key: string): void => {
    this.forgotten.delete(key);
    try {
      this.area().removeItem(key);
    } catch {
      // What cannot be reached is not there.
    }
  };
}

/** Kept until somebody clears it. */
export const browserStore = new BrowserStore(() => localStorage);
/** Kept as long as the tab. */
export const tabStore = new BrowserStore(() => sessionStorage);
