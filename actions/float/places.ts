import { integer, optional } from '../kit/index.ts';
import { exactDecimal, type Rounding, roundDecimal, toDouble } from '../support/decimal.ts';

export const precision = optional(
  integer({ label: 'Precision', help: 'Places kept behind the decimal point.', minimum: 0, maximum: 15 }),
  0,
);

/** Rounds the exact value of a double, not the decimal that it is written as. */
export const roundExactly = (value: number, places: number, rounding: Rounding): number =>
  Number.isInteger(value) ? value + 0 : toDouble(roundDecimal(exactDecimal(value), places, rounding));
