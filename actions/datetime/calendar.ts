import { defineAction, oneOf } from '../kit/index.ts';
import { type Calendar, calendars } from './calendars.ts';
import { findLocale, localeField } from './locale.ts';
import { checkYears, moment } from './moment.ts';
import { findZone, readIn, wallOf, zoneField } from './zone.ts';

// Each takes a millisecond to make; there are as many as languages and calendars in use.
const formatters = new Map<string, Intl.DateTimeFormat>();
const most = 200;

const openFormatter = (calendar: Calendar, locale: string): Intl.DateTimeFormat => {
  const key = `${calendar} ${locale}`;
  const found = formatters.get(key);
  if (found !== undefined) return found;
  const made = new Intl.DateTimeFormat(locale, {
    calendar,
    numberingSystem: 'latn',
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    era: 'short',
  });
  if (formatters.size >= most) formatters.clear();
  formatters.set(key, made);
  return made;
};

export default defineAction({
  id: 'datetime/calendar',
  title: 'Date in another calendar',
  summary: 'Gives the date of a moment in a calendar other than the Gregorian.',
  documentation: `
\`year\`, \`month\`, \`day\` and \`era\` as Unicode (CLDR) has them; months come as names in \`locale\`, since leap months have
no number of their own. In the Chinese and the Korean (dangi) calendar \`year\` is the Gregorian year in which theirs began and
\`yearName\` its name in the cycle of sixty; in all others \`yearName\` is null. \`text\` is the whole date. The day is that of
\`zone\` from midnight to midnight, also where a calendar begins its days at sunset. The Islamic calendars are computed, and may
differ by a day from what was seen.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    calendar: oneOf(calendars, { label: 'Calendar' }),
    zone: zoneField(),
    locale: localeField,
  },
  output: {
    type: 'object',
    properties: {
      year: { type: 'integer' },
      yearName: { type: ['string', 'null'] },
      month: { type: 'string' },
      day: { type: 'integer' },
      era: { type: ['string', 'null'] },
      text: { type: 'string' },
    },
    required: ['year', 'yearName', 'month', 'day', 'era', 'text'],
  },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'The datetime is outside of the years 0000 to 9999.',
  },
  examples: [
    {
      given: { datetime: '2026-11-21', calendar: 'hebrew' },
      gives: { year: 5787, yearName: null, month: 'Kislev', day: 11, era: 'AM', text: '11 Kislev 5787 AM' },
    },
    { given: { datetime: '2026-11-32', calendar: 'hebrew' }, fails: 'data-invalid' },
    { given: { datetime: '9999-12-31T23:00:00-05:00', calendar: 'hebrew' }, fails: 'out-of-range' },
    { given: { datetime: '2026-11-21', calendar: 'mayan' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, calendar, zone: name, locale }) => {
    const zone = findZone(name);
    const at = readIn(zone, datetime, 'datetime');
    const { seconds } = checkYears({ ...at, seconds: wallOf(zone, at) }, 'datetime');
    const parts = openFormatter(calendar, findLocale(locale)).formatToParts(seconds * 1000);
    const partOf = (...types: string[]): string | null => parts.find(({ type }) => types.includes(type))?.value ?? null;
    return {
      year: Number(partOf('year', 'relatedYear')),
      yearName: partOf('yearName'),
      month: partOf('month') ?? '',
      day: Number(partOf('day')),
      era: partOf('era'),
      text: parts.map(({ value }) => value).join(''),
    };
  },
});
