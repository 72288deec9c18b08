const held = new Set<object>();

/**
 * Notes that something typed is in no document yet, such as half of a number: leaving the page asks first. The function that
 * comes back ends it.
 */
export function holdUnfinished(): () => void {
  const token = {};
  held.add(token);
  return () => held.delete(token);
}

export const isAnythingUnfinished = (): boolean => held.size > 0;
