/** Ends a request with a problem instead of a run. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly status: number,
    /** What was found, what is allowed, and the remedy; the client reads it. */
    message: string,
    readonly more: {
      /** Names and values, one after the other. */
      readonly headers?: readonly string[];
      /** Further members of the problem. */
      readonly members?: Readonly<Record<string, unknown>>;
      /** The connection cannot be used any further. */
      readonly close?: boolean;
    } = {},
  ) {
    super(message);
  }
}
