import jsonata from 'jsonata';
import * as re2js from 're2js';

/**
 * Stands for node:module where the engine's expressions are built for a browser (see vite.config.ts): they load these two
 * libraries when they need them.
 */
export const createRequire =
  () =>
  (name: string): unknown => {
    switch (name) {
      case 'jsonata':
        return jsonata;
      case 're2js':
        return re2js;
      default:
        throw new Error(`There is no module ${name} in the browser.`);
    }
  };
