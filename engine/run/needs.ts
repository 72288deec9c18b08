/** The parts of the request scope, as bits: an operation says which its workflow can touch, so that no other is built. */
export const Needs = {
  query: 1,
  header: 2,
  cookie: 4,
  body: 8,
  uri: 16,
  connection: 32,
  path: 64,
  method: 128,
  all: 255,
  /** The bytes of the body as they came. No part of `all`: whoever asks for the whole request has them as `body`. */
  raw: 256,
} as const;

/** The bit for a part named in a path; anything else in place of a name may be any part. */
export const needsOfPart = (part: unknown): number =>
  typeof part === 'string'
    ? Object.hasOwn(Needs, part) && part !== 'all'
      ? Needs[part as keyof typeof Needs]
      : 0
    : Needs.all;
