import { timingSafeEqual } from 'node:crypto';

/** Whether bytes are equal, in a time that does not depend on where they differ. That their lengths differ may be noticed. */
export const areEqualBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
