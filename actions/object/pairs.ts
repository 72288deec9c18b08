/**
 * Remembers what was made of two objects together: where much is shared inside of data, each pair is worked out only once.
 * The result stays shared in turn.
 */
export const openPairs = <T>() => {
  const known = new Map<object, Map<object, T>>();
  return (left: object, right: object, make: () => T): T => {
    let results = known.get(left);
    if (results === undefined) {
      results = new Map();
      known.set(left, results);
    }
    const found = results.get(right);
    if (found !== undefined) return found;
    const made = make();
    results.set(right, made);
    return made;
  };
};
