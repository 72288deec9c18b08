/** So many items in random order, each at most once (Fisher-Yates, stopped when there are enough). */
export const drawItems = (array: readonly unknown[], count: number, random: () => number): unknown[] => {
  const items = [...array];
  const drawn = Math.min(count, items.length);
  for (let index = 0; index < drawn; index += 1) {
    const other = index + Math.floor(random() * (items.length - index));
    [items[index], items[other]] = [items[other], items[index]];
  }
  items.length = drawn;
  return items;
};
