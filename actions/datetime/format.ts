import { ActionFailure, defineAction, oneOf, optional, string } from '../kit/index.ts';
import { library } from '../support/library.ts';
import { calendars } from './calendars.ts';
import { findLocale, localeField } from './locale.ts';
import { checkYears, moment, writeDate, writeTime } from './moment.ts';
import { findZone, readIn, wallOf, writeIn, zoneField } from './zone.ts';

const luxon = library<typeof import('luxon')>('luxon');

const longest = 500;

/** Other languages' tokens give a text without complaint, and a wrong one. */
const checkTokens = (format: string): void => {
  const foreign = /YYYY|%[A-Za-z]/.exec(format.replace(/'[^']*'/g, ''));
  if (foreign === null) return;
  throw new ActionFailure(
    'input-invalid',
    `\`format\` has ${foreign[0]}, which is no token; a date is yyyy-MM-dd, a time HH:mm:ss, and other text stands in single quotes`,
  );
};

export default defineAction({
  id: 'datetime/format',
  title: 'Format datetime',
  summary: 'Writes a datetime in a form of your choice.',
  keywords: ['date', 'pattern', 'strftime', 'tostring'],
  documentation: `
\`format\` is one of these names, or a text with tokens.

| name | result |
| --- | --- |
| iso | 2026-11-21T13:05:09+01:00 |
| date, time | 2026-11-21 and 13:05:09 |
| sql | 2026-11-21 13:05:09 |
| rfc2822 | Sat, 21 Nov 2026 13:05:09 +0100 (e-mail) |
| http | Sat, 21 Nov 2026 12:05:09 GMT (RFC 9110, always in UTC) |

The tokens are those of luxon: yyyy, yy, MMMM (November), MMM, MM, M, dd, d, EEEE (Saturday), EEE, HH, h, mm, ss, SSS, a, ZZ
(+01:00), ZZZ (+0100), z (Europe/Berlin), ZZZZ (abbreviation), kkkk and WW (ISO week), o (day of the year), q, X (Unix seconds),
D to DDDD and t (as is usual in the language), among others. Text between single quotes stays as it is. Names follow \`locale\`;
with \`calendar\` the tokens count in another calendar.`,
  fields: {
    datetime: moment({ label: 'Datetime', help: 'ISO 8601; without an offset it is a time in `zone`.' }),
    format: optional(
      string({ label: 'Format', help: 'iso, date, time, sql, rfc2822, http, or tokens such as dd.MM.yyyy HH:mm.' }),
      'iso',
    ),
    zone: zoneField(),
    locale: localeField,
    calendar: optional(oneOf(calendars, { label: 'Calendar', help: 'For the tokens.' }), 'gregory'),
  },
  output: { type: 'string' },
  failures: {
    'data-invalid': 'The text is not a datetime, or names a day or time that does not exist.',
    'out-of-range': 'The datetime is outside of the years 0000 to 9999.',
  },
  examples: [
    {
      given: { datetime: '2026-11-21T12:05:09Z', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Berlin' },
      gives: '21.11.2026 13:05',
    },
    {
      given: { datetime: '2026-11-21T12:05:09Z', format: "EEEE, d. MMMM yyyy 'um' H 'Uhr'", locale: 'de' },
      gives: 'Samstag, 21. November 2026 um 12 Uhr',
    },
    { given: { datetime: '2026-11-21T12:05:09Z', format: 'http' }, gives: 'Sat, 21 Nov 2026 12:05:09 GMT' },
    {
      given: { datetime: '2026-11-21T12:05:09Z', format: 'rfc2822', zone: 'America/New_York' },
      gives: 'Sat, 21 Nov 2026 07:05:09 -0500',
    },
    { given: { datetime: '2026-11-21', format: 'yyyy', calendar: 'buddhist' }, gives: '2569' },
    { given: { datetime: '2026-11-21', format: 'YYYY-MM-DD' }, fails: 'input-invalid', note: 'It is yyyy-MM-dd.' },
    { given: { datetime: 'someday' }, fails: 'data-invalid' },
    { given: { datetime: '9999-12-31T23:00:00Z', zone: '+02:00' }, fails: 'out-of-range' },
    { given: { datetime: '2026-11-21', format: 'yyyy', locale: 'tlh' }, fails: 'input-invalid' },
  ],
  run: ({ datetime, format = 'iso', zone: name, locale, calendar }) => {
    const zone = findZone(name);
    const language = findLocale(locale);
    const at = readIn(zone, datetime, 'datetime');
    const wall = checkYears({ ...at, seconds: wallOf(zone, at) }, 'datetime');
    switch (format) {
      case 'iso':
        return writeIn(zone, at, 'datetime');
      case 'date':
        return writeDate(wall);
      case 'time':
        return writeTime(wall);
      case 'sql':
        return `${writeDate(wall)} ${writeTime(wall)}`;
    }
    if (format.length > longest) {
      throw new ActionFailure(
        'input-invalid',
        `\`format\` must have at most ${longest} characters, found ${format.length}`,
      );
    }
    checkTokens(format);
    const ms = at.seconds * 1000 + Math.floor(at.micros / 1000);
    const time = luxon().DateTime.fromMillis(ms, { zone, locale: language });
    if (format === 'rfc2822') return time.toRFC2822();
    if (format === 'http') return time.toHTTP();
    // Luxon writes its own calendar faster, and with numbers of more forms.
    const counted =
      calendar === undefined || calendar === 'gregory' ? time : time.reconfigure({ outputCalendar: calendar });
    return counted.toFormat(format);
  },
});
