import { ActionFailure, describeValue } from '../kit/index.ts';

const mostKept = 100;

/** Keeps what was made last, since making a formatter takes longer than all it does. */
export const keepLast = <T>(make: (key: string) => T): ((key: string) => T) => {
  const kept = new Map<string, T>();
  return (key) => {
    const known = kept.get(key);
    if (known !== undefined) return known;
    const made = make(key);
    kept.set(key, made);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
    return made;
  };
};

/** Fails with input-invalid for what is no language tag (RFC 5646), and for a language whose numbers are not known. */
export const checkLocale = keepLast((locale: string): true => {
  let known: string[] = [];
  try {
    if (locale.length <= 100) known = Intl.NumberFormat.supportedLocalesOf(locale);
  } catch {
    // The runtime's message would show the text.
  }
  if (known.length === 1) return true;
  throw new ActionFailure(
    'input-invalid',
    `\`locale\` must be a language tag such as en, de-CH or ar-EG, found ${describeValue(locale)}`,
  );
});
