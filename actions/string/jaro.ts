/** The similarity after Matthew Jaro, from 0 to 1. */
export const jaro = (left: readonly string[], right: readonly string[]): number => {
  if (left.length === 0 || right.length === 0) return left.length === right.length ? 1 : 0;
  const reach = Math.max(0, Math.floor(Math.max(left.length, right.length) / 2) - 1);
  const taken = new Uint8Array(right.length);
  const matches: string[] = [];
  for (let at = 0; at < left.length; at += 1) {
    const last = Math.min(right.length - 1, at + reach);
    for (let other = Math.max(0, at - reach); other <= last; other += 1) {
      if (taken[other] === 1 || right[other] !== left[at]) continue;
      taken[other] = 1;
      matches.push(left[at] as string);
      break;
    }
  }
  const common = matches.length;
  if (common === 0) return 0;
  let different = 0;
  let next = 0;
  for (let at = 0; at < right.length; at += 1) {
    if (taken[at] === 0) continue;
    if (right[at] !== matches[next]) different += 1;
    next += 1;
  }
  return (common / left.length + common / right.length + (common - different / 2) / common) / 3;
};

/** How many characters at the beginning are the same, at most so many. */
export const sharedPrefix = (left: readonly string[], right: readonly string[], most: number): number => {
  let shared = 0;
  while (shared < most && shared < left.length && left[shared] === right[shared]) shared += 1;
  return shared;
};
