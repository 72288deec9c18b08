const key = 'sluice.first-steps';

/** Whoever has just created the administrator is shown the first steps, in this browser, until they are put away. */
export const beginHint = (): void => localStorage.setItem(key, 'shown');
export const endHint = (): void => localStorage.removeItem(key);
export const isHintWanted = (): boolean => localStorage.getItem(key) !== null;
