import { rmSync } from 'node:fs';

/** Removes a data folder that outlived its engines, and the key beside it. */
export const removeFolder = (data: string): void => {
  rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  rmSync(`${data}.key`, { force: true });
};
