/** Milliseconds since 1970, with their fraction: `Date.parse` knows no microseconds. */
export const timeOf = (time: string): number => {
  const fraction = /\.(\d+)/.exec(time)?.[1] ?? '';
  return Date.parse(time) + Number(`0.${fraction.slice(3) || 0}`);
};
