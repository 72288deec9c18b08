import type { Limit } from './limit.ts';
import type { Run } from './run.ts';
import type { Span } from './spans.ts';

export type Bag = { [key: string]: unknown };

/**
 * An object without inherited keys, for names that come from outside. A constructor with an empty prototype is several
 * times faster than Object.create(null) and keeps the same promise: nothing is found that was not put in.
 */
export const Bag = function Bag() {} as unknown as new () => Bag;
Bag.prototype = Object.freeze(Object.create(null));

/**
 * The data a workflow sees while it runs. `variables` is shared by nested workflows and is the only object that changes;
 * everything below it is copied on write, so whoever holds a value keeps what it was.
 */
export class Scopes {
  request: unknown = null;
  input: unknown = null;
  received: unknown = null;
  error: unknown = null;
  /** What enclosing iterations lend, by the name of its scope; each pass has its own. Nested scopes share the holders. */
  locals: { [name: string]: { data: unknown } } | null = null;
  /** The span that nested steps belong to, while spans are recorded. */
  span: Span | null = null;
  /** Time limits of the actions around, besides the run's, and the branches that these steps are in. */
  limit: Limit | null = null;
  /** The limit changes with each attempt of the action that these scopes are for; steps keep that of their attempt. */
  changing = false;
  /** The life of the run that these scopes belong to. */
  life = 0;
  /** Index within the innermost enclosing iteration. */
  iteration: number | undefined = undefined;

  constructor(
    readonly run: Run,
    readonly variables: Bag = new Bag(),
  ) {}

  /** The same data with more scopes inside; variables are shared. `error` is a scope of its own. */
  within(locals: Readonly<Record<string, unknown>>): Scopes {
    const inner = this.share();
    const bag = Object.assign(new Bag(), this.locals) as NonNullable<Scopes['locals']>;
    for (const name of Object.keys(locals)) {
      const data = locals[name];
      if (name === 'error') {
        inner.error = data;
        continue;
      }
      bag[name] = { data };
      const index = (data as { index?: unknown } | null)?.index;
      if (typeof index === 'number') inner.iteration = index;
    }
    inner.locals = bag;
    return inner;
  }

  /** The same data, with nested steps under another span. */
  under(span: Span): Scopes {
    const inner = this.share();
    inner.span = span;
    inner.changing = this.changing;
    return inner;
  }

  /** The same data for the steps of one action, under a time limit that changes. */
  apart(): Scopes {
    const inner = this.share();
    inner.changing = true;
    return inner;
  }

  /** The same data, with nested steps under another time limit. */
  until(limit: Limit): Scopes {
    const inner = this.share();
    inner.limit = limit;
    return inner;
  }

  /** A copy of what steps can write, for steps that run beside others until `limit` ends them. */
  beside(limit: Limit): Scopes {
    const inner = this.share(Object.assign(new Bag(), this.variables));
    inner.limit = limit;
    if (this.locals !== null) {
      const bag = new Bag() as NonNullable<Scopes['locals']>;
      for (const name of Object.keys(this.locals)) bag[name] = { data: this.locals[name]?.data };
      inner.locals = bag;
    }
    return inner;
  }

  private share(variables = this.variables): Scopes {
    const inner = new Scopes(this.run, variables);
    inner.request = this.request;
    inner.input = this.input;
    inner.received = this.received;
    inner.error = this.error;
    inner.locals = this.locals;
    inner.span = this.span;
    inner.iteration = this.iteration;
    inner.limit = this.limit;
    inner.life = this.life;
    return inner;
  }
}
