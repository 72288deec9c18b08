import { ActionFailure, defineAction, describeValue, optional, string } from '../kit/index.ts';
import { library } from '../support/library.ts';
import { findLocale, localeField } from './locale.ts';
import { checkYears, type Moment } from './moment.ts';
import { type Choice, choiceField, findZone, readIn, resolveWall, writeIn, zoneField } from './zone.ts';

const luxon = library<typeof import('luxon')>('luxon');

const longest = 100;
const longestText = 200;

const refuse = (text: string, format: string): never => {
  throw new ActionFailure(
    'data-invalid',
    `\`text\` must be a datetime in the format ${format}, found ${describeValue(text)}`,
  );
};

/** Two of a kind cannot both be right, and many variable ones in a row could be tried for a long time. */
const checkTokens = (bare: string): void => {
  const tokens = bare.match(/([A-Za-z])\1*/g) ?? [];
  const letters = tokens.map((token) => token[0]);
  if (new Set(letters).size !== letters.length) {
    throw new ActionFailure(
      'input-invalid',
      "`format` has a token twice; quote what is plain text, as in yyyy 'at' HH",
    );
  }
};

const readTokens = (text: string, format: string, language: string, zoneName: string, choice: Choice): Moment => {
  if (format.length > longest) {
    throw new ActionFailure(
      'input-invalid',
      `\`format\` must have at most ${longest} characters, found ${format.length}`,
    );
  }
  const bare = format.replace(/'[^']*'/g, ' ');
  checkTokens(bare);
  const { DateTime } = luxon();
  const options = { zone: 'utc', setZone: true, locale: language };
  const { result } = DateTime.fromFormatExplain(text, format, options) as {
    result?: { year?: number; weekYear?: number };
  };
  const time = DateTime.fromFormat(text, format, options);
  if (result == null || !time.isValid) return refuse(text, 'of `format`');
  if (result.year === undefined && result.weekYear === undefined) {
    // Luxon would take the year of the clock, which a replay does not know.
    throw new ActionFailure('input-invalid', '`format` must have a year, such as yyyy');
  }
  const ms = time.toMillis();
  const seconds = Math.floor(ms / 1000);
  const isMoment = /[Zz]/.test(bare);
  return checkYears(
    {
      seconds: isMoment ? seconds : resolveWall(findZone(zoneName), seconds, choice, 'text'),
      micros: (ms - seconds * 1000) * 1000,
      digits: /[Su]/.test(bare) ? 3 : 0,
    },
    'text',
  );
};

export default defineAction({
  id: 'datetime/parse',
  title: 'Parse datetime',
  summary: 'Reads a datetime that is written in a form of your choice.',
  keywords: ['date', 'strptime'],
  documentation: `
The result is an ISO 8601 text in \`zone\`, as all other actions take it. \`format\` is iso (ISO 8601, as the others read it;
SQL is read so too), rfc2822 (e-mail), http (RFC 9110), or a text with the tokens of luxon: yyyy, yy, MMMM (November), MMM, MM,
M, dd, d, EEEE (weekday), HH, h, mm, ss, SSS, a (AM or PM), ZZ (+01:00), ZZZ (+0100), z (Europe/Berlin), kkkk and WW (ISO week),
o (day of the year). A format must have a year; what else it lacks is the first. Two digits of a year mean 1961 to 2060. The
whole text has to fit. Names are those of \`locale\`.

A text without an offset is a time in \`zone\`; \`skipped\` says what a time means that clocks skip or show twice.`,
  fields: {
    text: string({ label: 'Text' }),
    format: optional(
      string({ label: 'Format', help: 'iso, rfc2822, http, or tokens such as dd.MM.yyyy HH:mm.' }),
      'iso',
    ),
    zone: zoneField('Of a text without an offset, and of the result.'),
    locale: localeField,
    skipped: choiceField,
  },
  output: { type: 'string', format: 'date-time' },
  failures: {
    'data-invalid': 'The text is not in the format, or names a day or time that does not exist.',
    'out-of-range': 'The datetime is outside of the years 0000 to 9999.',
  },
  examples: [
    {
      given: { text: '21.11.2026 13:05', format: 'dd.MM.yyyy HH:mm', zone: 'Europe/Berlin' },
      gives: '2026-11-21T13:05:00+01:00',
    },
    { given: { text: '3 février 2026', format: 'd MMMM yyyy', locale: 'fr' }, gives: '2026-02-03T00:00:00Z' },
    { given: { text: 'Sat, 21 Nov 2026 12:05:09 GMT', format: 'http' }, gives: '2026-11-21T12:05:09Z' },
    { given: { text: 'Sat, 21 Nov 2026 07:05:09 -0500', format: 'rfc2822' }, gives: '2026-11-21T12:05:09Z' },
    { given: { text: '2026-11-21 12:05:09.5' }, gives: '2026-11-21T12:05:09.5Z' },
    { given: { text: '31.02.2026', format: 'dd.MM.yyyy' }, fails: 'data-invalid' },
    { given: { text: '2026-03-29T02:30:00', zone: 'Europe/Berlin', skipped: 'fail' }, fails: 'data-invalid' },
    { given: { text: '9999-12-31T23:00:00-05:00' }, fails: 'out-of-range' },
    { given: { text: '12:30', format: 'HH:mm' }, fails: 'input-invalid', note: 'The format has no year.' },
  ],
  run: ({ text, format = 'iso', zone: name = 'UTC', locale, skipped = 'compatible' }) => {
    const zone = findZone(name);
    const language = findLocale(locale);
    const trimmed = text.trim();
    if (trimmed.length > longestText)
      return refuse(text, `${format === 'iso' ? 'iso' : 'of `format`'} with at most ${longestText} characters`);
    if (format === 'iso') return writeIn(zone, readIn(zone, trimmed, 'text', skipped), 'text');
    if (format === 'rfc2822' || format === 'http') {
      const { DateTime } = luxon();
      const time =
        format === 'http'
          ? DateTime.fromHTTP(trimmed, { zone: 'utc' })
          : DateTime.fromRFC2822(trimmed, { zone: 'utc' });
      if (!time.isValid) return refuse(text, format);
      return writeIn(
        zone,
        checkYears({ seconds: Math.floor(time.toMillis() / 1000), micros: 0, digits: 0 }, 'text'),
        'text',
      );
    }
    return writeIn(zone, readTokens(trimmed, format, language, name, skipped), 'text');
  },
});
