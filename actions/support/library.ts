import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/**
 * A package that is loaded when an action first needs it: the engine starts without those that no workflow uses.
 * Called with the package's types: `const luxon = library<typeof import('luxon')>('luxon')`.
 */
export const library = <T>(name: string): (() => T) => {
  let loaded: T | undefined;
  return () => {
    loaded ??= require(name) as T;
    return loaded;
  };
};
