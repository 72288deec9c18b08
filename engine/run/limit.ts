/** Ends the steps under it before their run does: they look at it before they begin, and what they wait for hears of it. */
export class Limit {
  private over: Error | null = null;
  // Made on first use: few steps ever ask.
  private controller: AbortController | null = null;

  constructor(readonly outer: Limit | null) {}

  /** @throws what ended this limit, or one around it */
  check(): void {
    if (this.over !== null) throw this.over;
    this.outer?.check();
  }

  /** Ends the steps under it with this failure; the first one counts. */
  protected end(failure: Error): void {
    if (this.over !== null) return;
    this.over = failure;
    this.controller?.abort(failure);
  }

  get signal(): AbortSignal {
    if (this.controller === null) {
      this.controller = new AbortController();
      if (this.over !== null) this.controller.abort(this.over);
    }
    return this.controller.signal;
  }
}

/** The signals of a limit and those around it, innermost first. */
export function signalsOf(limit: Limit | null): AbortSignal[] {
  return limit === null ? [] : [limit.signal, ...signalsOf(limit.outer)];
}
