import { library } from '../support/library.ts';

export const argon2 = library<typeof import('@node-rs/argon2')>('@node-rs/argon2');

export const longestPassword = 1024;
/** KiB. */
export const mostMemory = 65_536;
export const mostPasses = 6;

/** `$argon2id$v=19$m=19456,t=2,p=1$salt$hash` */
const format =
  /^\$argon2(?:id|i|d)\$(?:v=\d{1,3}\$)?m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{16,172}$/;

/** What a stored hash asks for, or undefined when it is none. */
export const readCost = (hash: string): { memory: number; passes: number; lanes: number } | undefined => {
  const [, memory, passes, lanes] = hash.length > 400 ? [] : (format.exec(hash) ?? []);
  return memory === undefined ? undefined : { memory: Number(memory), passes: Number(passes), lanes: Number(lanes) };
};
