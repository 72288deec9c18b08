import { ActionFailure, describeValue } from '../kit/index.ts';
import { type Compare, openOrder } from '../support/order.ts';

interface Key {
  order: 'ascending' | 'descending';
  compare: 'value' | 'text' | 'natural';
  nulls: 'first' | 'last';
}

// Making one costs more than many comparisons; there are few languages.
const collators = new Map<string, Intl.Collator>();
const mostCollators = 50;

const collatorFor = (locale: string, natural: boolean): Intl.Collator => {
  const name = `${natural} ${locale}`;
  let collator = collators.get(name);
  if (collator === undefined) {
    try {
      collator = new Intl.Collator(locale, { numeric: natural });
    } catch {
      throw new ActionFailure(
        'input-invalid',
        `\`locale\` must be a language tag such as en or pt-BR, found ${describeValue(locale)}`,
      );
    }
    if (collators.size >= mostCollators) collators.clear();
    collators.set(name, collator);
  }
  return collator;
};

/** How the values of one key are compared: missing ones go to their end in either order. */
export const openComparison = ({ order, compare, nulls }: Key, locale: string): Compare => {
  const collator = collatorFor(locale, compare === 'natural');
  const byValue = openOrder('array');
  const present: Compare =
    compare === 'value'
      ? byValue
      : (a, b) => (typeof a === 'string' && typeof b === 'string' ? collator.compare(a, b) : byValue(a, b));
  const sign = order === 'ascending' ? 1 : -1;
  const missing = nulls === 'last' ? 1 : -1;
  return (a, b) => {
    if (a === null || b === null) return a === b ? 0 : a === null ? missing : -missing;
    return sign * present(a, b);
  };
};
