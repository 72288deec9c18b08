/**
 * The order of a list that two sides changed: all ids of either side except those that a side took away (whose items may
 * still be kept where the other side changed them, and stand where they stood). undefined when both put the same ids in
 * another order, each differently. The result is the same with the sides swapped.
 */
export function mergedOrder(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): string[] | undefined {
  const skeleton = orderOfKnown(base, mine, theirs);
  if (skeleton === undefined) return undefined;
  const known = new Set(base);
  const places = new Map(skeleton.map((id, index) => [id, index]));
  // What is new stands behind what it was put behind; null is the beginning.
  const anchors = new Map<string, string | null>();
  for (const side of [mine, theirs]) {
    let anchor: string | null = null;
    for (const id of side) {
      if (known.has(id)) {
        anchor = id;
        continue;
      }
      const other = anchors.get(id);
      if (other === undefined || placeOf(places, anchor) < placeOf(places, other)) anchors.set(id, anchor);
    }
  }
  const behind = (anchor: string | null): string[] => {
    const [ours, others] = [mine, theirs].map((side) =>
      side.filter((id) => anchors.has(id) && anchors.get(id) === anchor),
    ) as [string[], string[]];
    const [first, second] = ours.join('\n') <= others.join('\n') ? [ours, others] : [others, ours];
    return [...first, ...second.filter((id) => !first.includes(id))];
  };
  return [...behind(null), ...skeleton.flatMap((id) => [id, ...behind(id)])];
}

const placeOf = (places: ReadonlyMap<string, number>, anchor: string | null): number =>
  anchor === null ? -1 : (places.get(anchor) as number);

/** The ids that were there before, in the order of the side that moved them. */
function orderOfKnown(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
): readonly string[] | undefined {
  const [ours, others] = [inOrderOf(base, mine), inOrderOf(base, theirs)];
  if (isEqual(ours, base)) return others;
  if (isEqual(others, base) || isEqual(ours, others)) return ours;
  return undefined;
}

/** `base` in the order of `side`; what that side took away stays behind what it stood behind. */
function inOrderOf(base: readonly string[], side: readonly string[]): string[] {
  const kept = new Set(side);
  const known = new Set(base);
  const order = side.filter((id) => known.has(id));
  for (const [index, id] of base.entries()) {
    if (kept.has(id)) continue;
    const before = base[index - 1];
    order.splice(before === undefined ? 0 : order.indexOf(before) + 1, 0, id);
  }
  return order;
}

const isEqual = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((id, index) => id === b[index]);
