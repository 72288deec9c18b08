import { oneOf } from '../../kit/index.ts';

const field = oneOf(['www-form', 'rfc3986', 'percent'], {
  label: 'Type',
  help: 'www-form writes a space as +, rfc3986 as %20; percent takes one text.',
});

/** Older documents write www_form. */
export const queryKind = {
  ...field,
  check: (value: unknown) => field.check(value === 'www_form' ? 'www-form' : value),
} as typeof field;
