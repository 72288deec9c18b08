/** A failure on its way out of an interpreted run. Actions look at `uncatchable` before they handle one. */
export class Failure extends Error {
  override readonly name: string;
  constructor(
    readonly code: string,
    message: string,
    public node?: string,
    readonly uncatchable = false,
    name = 'RunFailure',
  ) {
    super(message);
    this.name = name;
  }
}

/** Gives anything thrown a code and a node; the innermost node stays. */
export function asFailure(thrown: unknown, node: string): Failure {
  if (thrown instanceof Failure) {
    thrown.node ??= node;
    return thrown;
  }
  const { code, message, name } = thrown as { code?: unknown; message: string; name: string };
  return new Failure(typeof code === 'string' ? code : 'action-failed', message, node, false, name);
}

/** What ends a branch of steps before the run does. */
export class Cut {
  private over: Error | null = null;
  private readonly controller = new AbortController();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  check(): void {
    if (this.over !== null) throw this.over;
  }

  cancel(reason: Error): void {
    this.over ??= reason;
    this.controller.abort(this.over);
  }
}

/** A time limit of a run or of one action. Whatever runs under it stops at its next step once it is over. */
export class Limit {
  over: Failure | null = null;
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private readonly deadline: number;

  constructor(
    readonly ms: number,
    /** The node to blame; left out, it is the one that meets the limit. */
    private readonly tellNode: () => string | undefined = () => undefined,
  ) {
    this.deadline = performance.now() + ms;
    this.timer = setTimeout(() => this.end(), ms);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** The timer alone is not enough: it does not fire while steps follow each other without waiting. */
  check(): void {
    if (this.over === null && performance.now() > this.deadline) this.end();
    if (this.over !== null) throw this.over;
  }

  end(failure = new Failure('timeout', `Longer than ${this.ms} ms.`, this.tellNode(), true)): void {
    this.close();
    this.over ??= failure;
    this.controller.abort(this.over);
  }

  close(): void {
    clearTimeout(this.timer);
  }
}
