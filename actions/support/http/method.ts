import { type Field, oneOf } from '../../kit/index.ts';

/** The method of an incoming request, often passed on, is written in capitals: either case will do. */
export const methodField = <const M extends readonly string[]>(methods: M): Field<M[number]> & { optional: false } => {
  const field = oneOf(methods, { label: 'Method' });
  return { ...field, check: (value) => field.check(typeof value === 'string' ? value.toLowerCase() : value) };
};
