import { createRequire } from 'node:module';
import type Jsonata from 'jsonata';
import type * as Re2 from 're2js';

// Expressions are compiled synchronously, and a project without any should not pay for the libraries: they take some ten
// megabytes and half of a process's start.
const require = createRequire(import.meta.url);

export const jsonata = (): typeof Jsonata => require('jsonata') as typeof Jsonata;
export const re2 = (): typeof Re2 => require('re2js') as typeof Re2;
