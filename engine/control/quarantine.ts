const crashes = 3;
const withinMs = 60_000;

/** Sets an operation aside that ended its worker three times within a minute, until its definition changes. */
export class Quarantine {
  private readonly blamed = new Map<string, number[]>();
  private readonly aside = new Map<string, string | null>();

  constructor(private readonly onSetAside: (operation: string) => void) {}

  get operations(): string[] {
    return [...this.aside.keys()];
  }

  blame(operation: string | null): void {
    if (operation === null || this.aside.has(operation)) return;
    const now = Date.now();
    const times = [...(this.blamed.get(operation) ?? []).filter((time) => now - time < withinMs), now];
    this.blamed.set(operation, times);
    if (times.length < crashes) return;
    this.aside.set(operation, null);
    this.onSetAside(operation);
  }

  /** Gives operations another chance whose definition is not what it was when they were set aside. */
  review(versionOf: (operation: string) => string | null): void {
    for (const [operation, version] of this.aside) {
      const current = versionOf(operation);
      if (version === null) this.aside.set(operation, current);
      else if (version !== current) {
        this.aside.delete(operation);
        this.blamed.delete(operation);
      }
    }
  }
}
