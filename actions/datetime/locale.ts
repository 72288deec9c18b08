import { ActionFailure, optional, string } from '../kit/index.ts';

export const localeField = optional(
  string({ label: 'Language', help: 'A BCP 47 tag such as en, de-AT or pt-BR, for names and their order.' }),
  'en',
);

/** The tag without extensions, since each makes formatters of its own that are kept. Throws input-invalid. */
export const findLocale = (tag = 'en'): string => {
  try {
    const { baseName } = new Intl.Locale(tag.slice(0, 40));
    // What is unknown would be written in the language of this machine.
    if (Intl.DateTimeFormat.supportedLocalesOf(baseName).length > 0) return baseName;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
  }
  throw new ActionFailure('input-invalid', '`locale` must be the tag of a known language, such as en, de-AT or pt-BR');
};
