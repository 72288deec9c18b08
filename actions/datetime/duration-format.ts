import { ActionFailure, defineAction, either, number, optional, string } from '../kit/index.ts';
import { library } from '../support/library.ts';
import { type Duration, durationField, durationUnits, readDuration, secondsOf, writeDuration } from './duration.ts';
import { findLocale, localeField } from './locale.ts';

const luxon = library<typeof import('luxon')>('luxon');

const longest = 200;

const inSeconds = (duration: Duration): number => {
  const seconds = secondsOf(duration);
  if (seconds !== undefined) return seconds;
  throw new ActionFailure(
    'data-invalid',
    '`duration` has years or months, which have no definite length; use days, or the format iso or words',
  );
};

/** 100:05:09, with as many decimals as there are. */
const writeClock = (total: number): string => {
  const rounded = Math.round(Math.abs(total) * 1_000_000) / 1_000_000;
  const whole = Math.floor(rounded);
  const two = (part: number): string => String(part).padStart(2, '0');
  const decimals = (rounded - whole)
    .toFixed(6)
    .slice(1)
    .replace(/\.?0+$/, '');
  const sign = total < 0 && rounded > 0 ? '-' : '';
  return `${sign}${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}${decimals}`;
};

/** Whole days, hours, minutes and seconds of a number of seconds. */
const spread = (total: number): { [unit: string]: number } => {
  const size = Math.abs(total);
  const parts = {
    days: Math.floor(size / 86_400),
    hours: Math.floor(size / 3600) % 24,
    minutes: Math.floor(size / 60) % 60,
    seconds: Math.round((size % 60) * 1000) / 1000,
  };
  return Object.fromEntries(Object.entries(parts).map(([unit, value]) => [unit, (total < 0 ? -value : value) + 0]));
};

export default defineAction({
  id: 'datetime/duration-format',
  title: 'Format duration',
  summary: 'Writes a duration for people or programs.',
  documentation: `
\`format\` is iso (P1DT2H), clock (26:00:00, with as many hours as there are), words (1 day, 2 hours, in the language of
\`locale\`, without what is zero), or a text with the tokens of luxon: d, hh, mm, ss and SSS, each of which takes what the
larger ones left, and text between single quotes. A number is in seconds, and words spread it over days, hours, minutes and
seconds. Clock and tokens take days of 24 hours and no years or months.`,
  fields: {
    duration: either(durationField({ label: '' }), number(), {
      label: 'Duration',
      help: 'ISO 8601 such as P1DT2H, an object such as {hours: 26}, or seconds.',
    }),
    format: optional(string({ label: 'Format', help: 'iso, clock, words, or tokens such as hh:mm.' }), 'iso'),
    locale: localeField,
  },
  output: { type: 'string' },
  failures: {
    'data-invalid': 'The duration is not one of ISO 8601, too long, or has years or months where it must not.',
  },
  examples: [
    { given: { duration: { hours: 26, minutes: 5 }, format: 'clock' }, gives: '26:05:00' },
    { given: { duration: 93784.5, format: 'words' }, gives: '1 day, 2 hours, 3 minutes, 4.5 seconds' },
    { given: { duration: 'P1Y2M', format: 'words', locale: 'de' }, gives: '1 Jahr und 2 Monate' },
    { given: { duration: 'P1DT90M', format: "d 'd' hh:mm" }, gives: '1 d 01:30' },
    { given: { duration: -90 }, gives: '-PT90S' },
    { given: { duration: 'P1M', format: 'clock' }, fails: 'data-invalid' },
    { given: { duration: true }, fails: 'input-invalid' },
  ],
  run: ({ duration: given, format = 'iso', locale }) => {
    const language = findLocale(locale);
    const duration = readDuration(typeof given === 'number' ? { seconds: given } : given, 'duration');
    if (format === 'iso') return writeDuration(duration);
    if (format === 'clock') return writeClock(inSeconds(duration));
    const { Duration: LuxonDuration } = luxon();
    if (format === 'words') {
      const parts: { [unit: string]: number } =
        typeof given === 'number'
          ? spread(given)
          : Object.fromEntries(durationUnits.map((unit) => [unit, duration[unit]]));
      const shown = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== 0));
      const words = Object.keys(shown).length === 0 ? { seconds: 0 } : shown;
      return LuxonDuration.fromObject(words, { locale: language }).toHuman();
    }
    if (format.length > longest) {
      throw new ActionFailure(
        'input-invalid',
        `\`format\` must have at most ${longest} characters, found ${format.length}`,
      );
    }
    return LuxonDuration.fromMillis(Math.round(inSeconds(duration) * 1000), { locale: language }).toFormat(format);
  },
});
