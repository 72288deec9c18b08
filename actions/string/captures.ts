import type { Match } from '../support/pattern.ts';

/** A match and its groups. Groups that took no part are empty, and left out after the last one that did. */
export const capturesOf = (match: Match, groups: number): string[] => {
  const captures: string[] = [];
  let last = groups;
  while (last > 0 && match.group(last) === null) last -= 1;
  for (let group = 0; group <= last; group += 1) captures.push(match.group(group) ?? '');
  return captures;
};
