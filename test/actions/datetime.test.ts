import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import addDuration from '../../actions/datetime/add-duration.ts';
import calendar from '../../actions/datetime/calendar.ts';
import { calendars } from '../../actions/datetime/calendars.ts';
import convertZone from '../../actions/datetime/convert-zone.ts';
import currentDate from '../../actions/datetime/current-date.ts';
import currentDay from '../../actions/datetime/current-day.ts';
import currentMonotonicTime from '../../actions/datetime/current-monotonic-time.ts';
import currentOsTime from '../../actions/datetime/current-os-time.ts';
import currentTime from '../../actions/datetime/current-time.ts';
import currentUnixTime from '../../actions/datetime/current-unix-time.ts';
import datetimeAdd from '../../actions/datetime/datetime-add.ts';
import datetimeAddToNow from '../../actions/datetime/datetime-add-to-now.ts';
import datetimeCompare from '../../actions/datetime/datetime-compare.ts';
import datetimeDiff from '../../actions/datetime/datetime-diff.ts';
import datetimeFromUnixTime from '../../actions/datetime/datetime-from-unix-time.ts';
import datetimeToUnixTime from '../../actions/datetime/datetime-to-unix-time.ts';
import durationBetween from '../../actions/datetime/duration-between.ts';
import durationFormat from '../../actions/datetime/duration-format.ts';
import durationParse from '../../actions/datetime/duration-parse.ts';
import endOf from '../../actions/datetime/end-of.ts';
import format from '../../actions/datetime/format.ts';
import isValid from '../../actions/datetime/is-valid.ts';
import now from '../../actions/datetime/now.ts';
import parse from '../../actions/datetime/parse.ts';
import parts from '../../actions/datetime/parts.ts';
import range from '../../actions/datetime/range.ts';
import startOf from '../../actions/datetime/start-of.ts';
import { type ActionContext, type ActionDefinition, ActionFailure, type Plain } from '../../actions/kit/index.ts';
import { runAction } from '../support/action-context.ts';

const context = {
  host: { now: () => Date.UTC(2026, 10, 21, 23, 30, 5, 67), monotonic: () => 12.3456789 },
} as unknown as ActionContext;
const run = <T = unknown>(action: ActionDefinition, given: Plain = {}): T => runAction(action, given, context) as T;
const failure = (action: ActionDefinition, given: Plain): string => {
  try {
    run(action, given);
  } catch (thrown) {
    if (thrown instanceof ActionFailure) return thrown.code;
    throw thrown;
  }
  return 'none';
};

describe('the clock of a run', () => {
  it.each([
    [now, {}, '2026-11-21T23:30:05.067Z'],
    [now, { time_unit: 'second' }, '2026-11-21T23:30:05Z'],
    [now, { time_unit: 'microsecond' }, '2026-11-21T23:30:05.067000Z'],
    [now, { time_unit: 'nanosecond' }, '2026-11-21T23:30:05.067000Z'],
    [now, { zone: 'Asia/Tokyo' }, '2026-11-22T08:30:05.067+09:00'],
    [currentDate, {}, '2026-11-21'],
    [currentDate, { zone: 'Asia/Tokyo' }, '2026-11-22'],
    [currentDay, {}, 'Saturday'],
    [currentDay, { zone: 'Asia/Tokyo' }, 'Sunday'],
    [currentTime, { time_unit: 'millisecond' }, '23:30:05.067'],
    [currentTime, { time_unit: 'second', zone: '-01:00' }, '22:30:05'],
    [currentUnixTime, {}, 1795303805],
    [currentOsTime, { time_unit: 'millisecond' }, 1795303805067],
    [currentOsTime, { time_unit: 'microsecond' }, 1795303805067000],
    [currentOsTime, { time_unit: 'nanosecond' }, 1795303805067000000],
    [currentMonotonicTime, { time_unit: 'second' }, 0],
    [currentMonotonicTime, { time_unit: 'microsecond' }, 12345],
    [currentMonotonicTime, { time_unit: 'nanosecond' }, 12345000],
    [datetimeAddToNow, { count: 1, time_unit: 'day' }, '2026-11-22T23:30:05.067Z'],
    [datetimeAddToNow, { count: -5, time_unit: 'second' }, '2026-11-21T23:30:00.067Z'],
  ])('%# %o', (action, given, expected) => expect(run(action, given)).toBe(expected));
});

describe('reading', () => {
  it.each([
    ['2026-11-21T12:00:00Z', '2026-11-21T12:00:00Z'],
    ['2026-11-21t12:00:00z', '2026-11-21T12:00:00Z'],
    ['2026-11-21 12:00', '2026-11-21T12:00:00Z'],
    ['2026-11-21', '2026-11-21T00:00:00Z'],
    ['2026-11-21T12:00:00.1+01', '2026-11-21T11:00:00.1Z'],
    ['2026-11-21T12:00:00,123456789-0130', '2026-11-21T13:30:00.123456Z'],
    ['  2026-11-21T12:00:00+23:59  ', '2026-11-20T12:01:00Z'],
    ['0000-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
    ['0099-02-28T00:00:00Z', '0099-02-28T00:00:00Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
    ['1900-01-01T00:00:00+00:53:28', '1899-12-31T23:06:32Z'],
  ])('takes %j', (datetime, expected) => {
    expect(run(convertZone, { datetime, zone: 'UTC' })).toBe(expected);
    expect(run(isValid, { value: datetime })).toBe(true);
  });

  it('takes dates as some documents hold them', () => {
    expect(run(convertZone, { datetime: new Date(1500), zone: 'UTC' })).toBe('1970-01-01T00:00:01.500Z');
    expect(failure(convertZone, { datetime: new Date(Number.NaN), zone: 'UTC' })).toBe('data-invalid');
  });

  it.each([
    '',
    'now',
    '2026',
    '2026-11',
    '20261121T120000Z',
    '26-11-21',
    '2026-02-29',
    '1900-02-29',
    '2026-00-10',
    '2026-04-31',
    '2026-11-21T',
    '2026-11-21T24:00:00Z',
    '2026-11-21T12:60:00Z',
    '2016-12-31T23:59:60Z',
    '2026-11-21T12:00:00.Z',
    '2026-11-21T12:00:00+24:00',
    '2026-11-21T12:00:00+1:00',
    '2026-11-21T12:00:00 Europe/Berlin',
    '2026-11-21T12:00:00Z[UTC]',
    '+002026-11-21',
    '-2026-11-21',
    '12026-11-21',
    `2026-11-21T12:00:00.${'1'.repeat(50)}Z`,
    '２０２６-11-21',
  ])('refuses %j', (datetime) => {
    expect(failure(convertZone, { datetime, zone: 'UTC' })).toBe('data-invalid');
    expect(run(isValid, { value: datetime })).toBe(false);
  });

  it('agrees with the runtime about every moment it can write', () => {
    const moments = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (date) => {
        const text = date.toISOString();
        expect(run(convertZone, { datetime: text, zone: 'UTC' })).toBe(text);
        expect(run(datetimeToUnixTime, { datetime: text, time_unit: 'millisecond' })).toBe(date.getTime());
        expect(run(datetimeFromUnixTime, { unix_time: date.getTime(), time_unit: 'millisecond' })).toBe(text);
      }),
    );
  });
});

const berlin = 'Europe/Berlin';

describe('changes of the clocks', () => {
  // Forward on 2026-03-29 at 02:00 +01:00, back on 2026-10-25 at 03:00 +02:00.
  it.each([
    ['compatible', '2026-03-29T02:30:00', '2026-03-29T03:30:00+02:00'],
    ['later', '2026-03-29T02:30:00', '2026-03-29T03:30:00+02:00'],
    ['earlier', '2026-03-29T02:30:00', '2026-03-29T01:30:00+01:00'],
    ['compatible', '2026-10-25T02:30:00', '2026-10-25T02:30:00+02:00'],
    ['earlier', '2026-10-25T02:30:00', '2026-10-25T02:30:00+02:00'],
    ['later', '2026-10-25T02:30:00', '2026-10-25T02:30:00+01:00'],
    ['fail', '2026-03-29T01:59:59', '2026-03-29T01:59:59+01:00'],
    ['fail', '2026-03-29T03:00:00', '2026-03-29T03:00:00+02:00'],
    ['fail', '2026-10-25T01:59:59', '2026-10-25T01:59:59+02:00'],
    ['fail', '2026-10-25T03:00:00', '2026-10-25T03:00:00+01:00'],
  ])('%s: %s is %s', (skipped, datetime, expected) => {
    expect(run(convertZone, { datetime, from: berlin, zone: berlin, skipped })).toBe(expected);
    expect(run(parse, { text: datetime, format: "yyyy-MM-dd'T'HH:mm:ss", zone: berlin, skipped })).toBe(expected);
  });

  it.each(['2026-03-29T02:00:00', '2026-03-29T02:59:59', '2026-10-25T02:00:00', '2026-10-25T02:59:59'])(
    'fail: %s',
    (datetime) => {
      expect(failure(convertZone, { datetime, from: berlin, zone: berlin, skipped: 'fail' })).toBe('data-invalid');
    },
  );

  it.each([
    // A day stays a day on the clock, an hour an hour.
    ['2026-03-28T12:00:00+01:00', 1, 'day', berlin, '2026-03-29T12:00:00+02:00'],
    ['2026-03-28T02:30:00+01:00', 1, 'day', berlin, '2026-03-29T03:30:00+02:00'],
    ['2026-03-30T02:30:00+02:00', -1, 'day', berlin, '2026-03-29T03:30:00+02:00'],
    ['2026-10-24T02:30:00+02:00', 1, 'day', berlin, '2026-10-25T02:30:00+02:00'],
    ['2026-10-25T02:30:00+02:00', 1, 'hour', berlin, '2026-10-25T02:30:00+01:00'],
    ['2026-10-25T02:30:00+01:00', 0, 'day', berlin, '2026-10-25T02:30:00+01:00'],
    ['2026-10-25T02:30:00+01:00', -30, 'minute', berlin, '2026-10-25T02:00:00+01:00'],
    // Samoa had no 30th of December 2011.
    ['2011-12-29T12:00:00-10:00', 1, 'day', 'Pacific/Apia', '2011-12-31T12:00:00+14:00'],
    ['2011-12-29T12:00:00-10:00', 24, 'hour', 'Pacific/Apia', '2011-12-31T12:00:00+14:00'],
    // Lord Howe Island changes by half an hour.
    ['2026-10-03T02:15:00+10:30', 1, 'day', 'Australia/Lord_Howe', '2026-10-04T02:45:00+11:00'],
  ])('%s plus %i %s in %s', (datetime, count, time_unit, zone, expected) => {
    expect(run(datetimeAdd, { datetime, count, time_unit, zone })).toBe(expected);
  });

  it.each([
    ['2026-03-29T12:00:00', 'day', berlin, '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59.999+02:00'],
    ['2026-10-25T02:30:00+01:00', 'hour', berlin, '2026-10-25T02:00:00+01:00', '2026-10-25T02:59:59.999+01:00'],
    ['2018-11-04T12:00:00', 'day', 'America/Sao_Paulo', '2018-11-04T01:00:00-02:00', '2018-11-04T23:59:59.999-02:00'],
    [
      '2018-02-17T23:30:00-03:00',
      'day',
      'America/Sao_Paulo',
      '2018-02-17T00:00:00-02:00',
      '2018-02-17T23:59:59.999-03:00',
    ],
    ['2026-11-21', 'year', berlin, '2026-01-01T00:00:00+01:00', '2026-12-31T23:59:59.999+01:00'],
    ['2026-05-05', 'quarter', 'UTC', '2026-04-01T00:00:00Z', '2026-06-30T23:59:59.999Z'],
    ['2024-02-29', 'week', 'UTC', '2024-02-26T00:00:00Z', '2024-03-03T23:59:59.999Z'],
    ['2024-02-29T12:34:56.7Z', 'minute', 'UTC', '2024-02-29T12:34:00Z', '2024-02-29T12:34:59.999Z'],
    ['2024-02-29T12:34:56.7Z', 'second', 'UTC', '2024-02-29T12:34:56Z', '2024-02-29T12:34:56.999Z'],
    ['2024-02-29T12:34:56Z', 'hour', 'Asia/Kolkata', '2024-02-29T18:00:00+05:30', '2024-02-29T18:59:59.999+05:30'],
  ])('the period around %s: %s in %s', (datetime, unit, zone, start, end) => {
    expect(run(startOf, { datetime, unit, zone })).toBe(start);
    expect(run(endOf, { datetime, unit, zone })).toBe(end);
  });
});

describe('arithmetic', () => {
  it.each([
    ['2024-01-31', 1, 'month', '2024-02-29T00:00:00Z'],
    ['2023-01-31', 1, 'month', '2023-02-28T00:00:00Z'],
    ['2024-03-31', -1, 'month', '2024-02-29T00:00:00Z'],
    ['2024-02-29', 1, 'year', '2025-02-28T00:00:00Z'],
    ['2024-02-29', 4, 'year', '2028-02-29T00:00:00Z'],
    ['2024-02-29', -100, 'year', '1924-02-29T00:00:00Z'],
    ['2024-11-30', 1, 'quarter', '2025-02-28T00:00:00Z'],
    ['2024-12-31', 2, 'month', '2025-02-28T00:00:00Z'],
    ['2024-01-15', -13, 'month', '2022-12-15T00:00:00Z'],
    ['2024-02-28', 1, 'day', '2024-02-29T00:00:00Z'],
    ['2024-02-28', 2, 'week', '2024-03-13T00:00:00Z'],
    ['2024-02-28T00:00:00.5Z', 1, 'microsecond', '2024-02-28T00:00:00.500001Z'],
    ['2024-02-28T00:00:00Z', -1, 'nanosecond', '2024-02-27T23:59:59.999999Z'],
    ['2024-02-28T00:00:00Z', 1999, 'nanosecond', '2024-02-28T00:00:00.000001Z'],
    ['0000-02-29', 0, 'second', '0000-02-29T00:00:00Z'],
    ['2000-01-01T00:00:00Z', 86_400 * 365, 'second', '2000-12-31T00:00:00Z'],
  ])('%s plus %i %s', (datetime, count, time_unit, expected) =>
    expect(run(datetimeAdd, { datetime, count, time_unit })).toBe(expected),
  );

  it.each([
    ['9999-12-31', 1, 'day'],
    ['0000-01-01', -1, 'day'],
    ['2024-01-01', 8000, 'year'],
    ['2024-01-01', 1e21, 'second'],
    ['2024-01-01', 1e21, 'year'],
    ['2024-01-01', -1e21, 'hour'],
    ['2024-01-01', Number.MAX_SAFE_INTEGER, 'month'],
    ['2024-01-01', 1e21, 'nanosecond'],
  ])('%s plus %i %s has no four digits of a year', (datetime, count, time_unit) => {
    expect(failure(datetimeAdd, { datetime, count, time_unit, zone: berlin })).toBe('out-of-range');
  });

  it('adding and counting are each other’s opposite, to the microsecond', () => {
    const counts = fc.integer({ min: -1e15, max: 1e15 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4e9 }), counts, (seconds, count) => {
        const datetime = run(datetimeFromUnixTime, { unix_time: seconds });
        const later = run(datetimeAdd, { datetime, count, time_unit: 'microsecond' });
        expect(run(datetimeDiff, { datetime: later, to_datetime: datetime, time_unit: 'microsecond' })).toBe(count);
        expect(run(datetimeCompare, { datetime: later, to_datetime: datetime })).toBe(Math.sign(count));
      }),
    );
  });

  it('agrees with luxon on months and days, wherever no clock changes', () => {
    const days = fc.integer({ min: 0, max: 40_000 });
    fc.assert(
      fc.property(
        days,
        fc.integer({ min: -600, max: 600 }),
        fc.integer({ min: -600, max: 600 }),
        (day, months, more) => {
          const start = DateTime.fromMillis(day * 86_400_000, { zone: 'utc' });
          const expected = start.plus({ months, days: more }).toISO({ suppressMilliseconds: true });
          const duration = { months, days: more };
          expect(run(addDuration, { datetime: start.toISODate(), duration })).toBe(expected);
        },
      ),
    );
  });

  it('agrees with luxon on the parts of a date', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e10, max: 1e11 }),
        fc.constantFrom('UTC', berlin, 'America/St_Johns'),
        (seconds, zone) => {
          const expected = DateTime.fromSeconds(seconds, { zone });
          expect(run(parts, { datetime: expected.toUTC().toISO(), zone })).toMatchObject({
            year: expected.year,
            month: expected.month,
            day: expected.day,
            hour: expected.hour,
            weekday: expected.weekday,
            week: expected.weekNumber,
            weekYear: expected.weekYear,
            dayOfYear: expected.ordinal,
            quarter: expected.quarter,
            daysInMonth: expected.daysInMonth,
            leapYear: expected.isInLeapYear,
          });
        },
      ),
    );
  });
});

describe('durations', () => {
  it.each([
    ['P1Y2M3W4DT5H6M7.5S', 'P1Y2M3W4DT5H6M7.5S'],
    ['p1d', 'P1D'],
    ['-PT90M', '-PT90M'],
    ['PT-90M', '-PT90M'],
    ['-PT-90M', 'PT90M'],
    ['P1DT-1H', 'P1DT-1H'],
    ['PT0S', 'PT0S'],
    ['P0D', 'PT0S'],
    ['PT0,25H', 'PT0.25H'],
    [{ hours: 0.1, seconds: null }, 'PT0.1H'],
    [0.1 + 0.2, 'PT0.3S'],
  ])('%o is %s', (duration, expected) => expect(run(durationFormat, { duration })).toBe(expected));

  const refused: readonly unknown[] = [
    'P',
    'PT',
    'P1DT',
    'P1H',
    'PT1D',
    '1D',
    'P1S',
    'P1.5M',
    'P1Y1W1M',
    'PT1e3S',
    'P9999999999999D',
    'P1D ago',
    `PT${'1'.repeat(300)}S`,
    { day: 1 },
    { days: '1' },
    { days: Number.NaN },
    { days: Number.POSITIVE_INFINITY },
    { years: 0.5 },
    { __proto__: null, constructor: 1 },
  ];
  it.each(refused.map((duration) => [duration]))('refuses %o', (duration) =>
    expect(failure(durationParse, { duration })).toBe('data-invalid'),
  );

  it.each([
    [3661, 'clock', '01:01:01'],
    [-0.5, 'clock', '-00:00:00.5'],
    [360_000, 'clock', '100:00:00'],
    [0, 'words', '0 seconds'],
    [-90_061, 'words', '-1 day, -1 hour, -1 minute, -1 second'],
    ['PT36H', 'd hh:mm', '1 12:00'],
  ])('writes %o as %s', (duration, form, expected) =>
    expect(run(durationFormat, { duration, format: form })).toBe(expected),
  );

  it('between two days leads from one to the other', () => {
    const days = fc.integer({ min: 0, max: 30_000 });
    fc.assert(
      fc.property(days, days, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)].map((day) =>
          new Date(day * 86_400_000).toISOString().slice(0, 10),
        ) as [string, string];
        const duration = run(durationBetween, { from, to });
        expect(run(addDuration, { datetime: from, duration })).toBe(`${to}T00:00:00Z`);
        const back = run<string>(durationBetween, { from: to, to: from });
        expect(back).toBe(a === b ? duration : `-${duration}`);
      }),
    );
  });

  it('between moments around a change of the clocks', () => {
    const given = { from: '2026-03-28T12:00:00', to: '2026-03-29T12:00:00', zone: berlin };
    expect(run(durationBetween, given)).toBe('P1D');
    expect(run(durationBetween, { ...given, units: ['hours'] })).toBe('PT23H');
  });
});

describe('ranges', () => {
  it.each([
    ['2024-01-31', '2024-05-31', 'P1M', ['2024-01-31', '2024-02-29', '2024-03-31', '2024-04-30', '2024-05-31']],
    ['2024-05-31', '2024-01-31', '-P2M', ['2024-05-31', '2024-03-31', '2024-01-31']],
    ['9999-12-30', '9999-12-31', 'P1D', ['9999-12-30', '9999-12-31']],
    ['2024-01-01', '2024-01-01', 'P1D', ['2024-01-01']],
  ])('%s to %s by %s', (from, to, step, expected) =>
    expect(run<string[]>(range, { from, to, step }).map((text) => text.slice(0, 10))).toEqual(expected),
  );

  it('have at most 5,000 members, and end when the step goes to and fro', () => {
    expect(run(range, { from: '2026-01-01', to: '2026-01-01T01:23:19Z', step: 'PT1S' })).toHaveLength(5_000);
    expect(failure(range, { from: '2026-01-01', to: '2026-01-01T01:23:20Z', step: 'PT1S' })).toBe('too-large');
    expect(failure(range, { from: '2026-01-01', to: '9999-01-01', step: 'PT0.000001S', zone: berlin })).toBe(
      'too-large',
    );
    expect(failure(range, { from: '2026-01-01', to: '2026-02-01', step: 'P1M-31D' })).toBe('input-invalid');
  });
});

describe('formats', () => {
  it.each([
    ['iso', '2026-07-01T14:05:09.120+02:00'],
    ['date', '2026-07-01'],
    ['time', '14:05:09.120'],
    ['sql', '2026-07-01 14:05:09.120'],
    ['http', 'Wed, 01 Jul 2026 12:05:09 GMT'],
    ['rfc2822', 'Wed, 01 Jul 2026 14:05:09 +0200'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSZZ", '2026-07-01T14:05:09.120+02:00'],
    ['EEE d LLL yy, h:mm a', 'Wed 1 Jul 26, 2:05 PM'],
    ["kkkk-'W'WW-c", '2026-W27-3'],
    ['X z', '1782907509 Europe/Berlin'],
    ["'quoted'", 'quoted'],
    ['', ''],
  ])('%s', (form, expected) =>
    expect(run(format, { datetime: '2026-07-01T12:05:09.120Z', zone: berlin, format: form })).toBe(expected),
  );

  it('reads what it wrote', () => {
    const form = 'd. MMMM yyyy HH:mm:ss.SSS ZZ';
    for (const locale of ['en', 'de', 'fr', 'pt-BR', 'ru', 'zh', 'tr']) {
      for (const datetime of ['2026-01-01T00:00:00.000Z', '1999-12-31T23:59:59.999Z', '2024-02-29T12:30:00.500Z']) {
        const text = run(format, { datetime, format: form, locale, zone: 'America/New_York' });
        expect(run(parse, { text, format: form, locale })).toBe(datetime);
      }
    }
  });

  it.each([
    ['21.11.2026', 'dd.MM.yyyy', {}, '2026-11-21T00:00:00Z'],
    ['11/21/26 1:05 PM', 'M/d/yy h:mm a', { zone: 'America/New_York' }, '2026-11-21T13:05:00-05:00'],
    ['2026-W47-6', "kkkk-'W'WW-c", {}, '2026-11-21T00:00:00Z'],
    ['2026-325', 'yyyy-ooo', {}, '2026-11-21T00:00:00Z'],
    ['Samstag 21 November 2026', 'EEEE d MMMM yyyy', { locale: 'de' }, '2026-11-21T00:00:00Z'],
    ['2026-11-21 12:00 +0530', 'yyyy-MM-dd HH:mm ZZZ', { zone: 'UTC' }, '2026-11-21T06:30:00Z'],
    ['2026-07-01 12:00 Europe/Berlin', 'yyyy-MM-dd HH:mm z', { zone: 'UTC' }, '2026-07-01T10:00:00Z'],
  ])('reads %s as %s', (text, form, more, expected) => {
    expect(run(parse, { text, format: form, ...more })).toBe(expected);
  });

  it.each([
    ['21.11.2026 ', 'dd.MM.yyyy HH:mm', 'data-invalid'],
    ['Sunday 21 November 2026', 'EEEE d MMMM yyyy', 'data-invalid'],
    ['21.11.2026', 'dd.MM.yyyy.', 'data-invalid'],
    ['x'.repeat(201), 'yyyy', 'data-invalid'],
    ['11', 'HH', 'input-invalid'],
    ['2026 2026', 'yyyy yyyy', 'input-invalid'],
    ['2026', 'y'.repeat(101), 'input-invalid'],
  ])('refuses %.30s as %.30s', (text, form, code) => expect(failure(parse, { text, format: form })).toBe(code));

  it('never tries for long, whatever the format', () => {
    const letters = [...'yMdHhmsSuaEcoWkqZzGLN'];
    fc.assert(
      fc.property(fc.shuffledSubarray(letters), fc.integer({ min: 1, max: 3 }), (chosen, times) => {
        const form = chosen.map((letter) => letter.repeat(times)).join('');
        expect(['data-invalid', 'input-invalid', 'out-of-range', 'none']).toContain(
          failure(parse, { text: `${'1'.repeat(199)}x`, format: form }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    'local',
    'system',
    'default',
    '',
    'Europe',
    'Europe/Atlantis',
    '+25:00',
    '+1:99',
    'UTC+',
    '../etc',
    'x'.repeat(100_000),
  ])('knows no zone %.20j', (zone) =>
    expect(failure(convertZone, { datetime: '2026-11-21', zone })).toBe('input-invalid'),
  );

  it.each([
    ['utc', 'Z'],
    ['GMT', 'Z'],
    ['UTC+2', '+02:00'],
    ['-0330', '-03:30'],
    ['+00:00', 'Z'],
    ['Etc/UTC', 'Z'],
    ['Etc/GMT-5', '+05:00'],
    ['europe/berlin', '+01:00'],
  ])('knows the zone %s', (zone, end) =>
    expect(run<string>(convertZone, { datetime: '2026-11-21T12:00:00Z', zone }).slice(19)).toBe(end),
  );

  it.each(['', 'x', 'tlh', 'en_US', '-', 'e'.repeat(50)])('knows no language %j', (locale) =>
    expect(failure(format, { datetime: '2026-11-21', format: 'MMMM', locale })).toBe('input-invalid'),
  );

  it.each(calendars)('writes dates of the calendar %s', (name) => {
    const { year, month, day, text } = run<{ year: number; month: string; day: number; text: string }>(calendar, {
      datetime: '2026-11-21',
      calendar: name,
    });
    expect([Number.isInteger(year), Number.isInteger(day), month !== '', text.includes(String(day))]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });

  it.each([
    ['buddhist', 2569, 'November', 21],
    ['japanese', 8, 'November', 21],
    ['hebrew', 5787, 'Kislev', 11],
    ['persian', 1405, 'Aban', 30],
    ['roc', 115, 'November', 21],
    ['coptic', 1743, 'Hator', 12],
    ['indian', 1948, 'Kartika', 30],
  ])('in the calendar %s it is the year %i', (name, year, month, day) =>
    expect(run(calendar, { datetime: '2026-11-21', calendar: name })).toMatchObject({ year, month, day }),
  );
});
