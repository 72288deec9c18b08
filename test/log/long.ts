/** Whether the variants are wanted that take minutes and that a person starts by hand (see README.md). */
export const long = process.env.SLUICE_TEST_LONG === '1';
