import { describe, expect, it } from 'vitest';
import { type DetailedMessage, formatRfc3164, formatRfc5424, isStructuredName, type SyslogMessage } from './message.ts';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

// The month, day and time of day of this moment are those of the clock on the wall, wherever the test runs.
const wall = (...parts: [number, number, number, number, number, number]): number => new Date(...parts).getTime();

const short: SyslogMessage = {
  facility: 'user',
  severity: 'notice',
  time: wall(2030, 10, 5, 9, 7, 2),
  hostname: 'mymachine',
  application: 'su',
  text: 'it failed',
};
const long: DetailedMessage = {
  ...short,
  time: Date.UTC(2003, 9, 11, 22, 14, 15, 3),
  processId: '',
  messageId: 'ID47',
  structured: [],
};

describe('RFC 3164', () => {
  const cases: [string, Partial<SyslogMessage>, string][] = [
    ['pads the day with a space', {}, '<13>Nov  5 09:07:02 mymachine su: it failed'],
    [
      'writes a day of two digits',
      { time: wall(2031, 0, 31, 23, 59, 59) },
      '<13>Jan 31 23:59:59 mymachine su: it failed',
    ],
    [
      'has the lowest priority value',
      { facility: 'kern', severity: 'emerg' },
      '<0>Nov  5 09:07:02 mymachine su: it failed',
    ],
    ['has the highest', { facility: 'local7', severity: 'debug' }, '<191>Nov  5 09:07:02 mymachine su: it failed'],
    ['keeps the host name one word', { hostname: 'my machine\n' }, '<13>Nov  5 09:07:02 my_machine_ su: it failed'],
    [
      'ends the tag with its colon only',
      { application: 'a: b[1]' },
      '<13>Nov  5 09:07:02 mymachine a__b_1_: it failed',
    ],
    ['cuts the tag', { application: 'x'.repeat(40) }, `<13>Nov  5 09:07:02 mymachine ${'x'.repeat(32)}: it failed`],
    ['stays one line', { text: 'a\r\nb\0\u007fc' }, '<13>Nov  5 09:07:02 mymachine su: a  b  c'],
    ['is UTF-8', { text: 'größer' }, '<13>Nov  5 09:07:02 mymachine su: größer'],
    ['fills in what is empty', { hostname: '', application: '', text: '' }, '<13>Nov  5 09:07:02 - -: '],
  ];
  it.each(cases)('%s', (_, change, expected) => expect(text(formatRfc3164({ ...short, ...change }))).toBe(expected));
});

describe('RFC 5424', () => {
  const head = '<13>1 2003-10-11T22:14:15.003Z mymachine su - ID47';
  const parameters = (...pairs: [string, string][]) => [{ id: 'a@32473', parameters: pairs }];
  const cases: [string, Partial<DetailedMessage>, string][] = [
    ['has the nil value for what is left out', {}, `${head} - it failed`],
    ['ends with the structured data when there is no message', { text: '' }, `${head} -`],
    ['marks a message beyond ASCII', { text: 'größer' }, `${head} - \ufeffgrößer`],
    ['leaves line breaks to the receiver', { text: 'a\nb' }, `${head} - a\nb`],
    ['writes parameters', { structured: parameters(['x', '1'], ['x', '']) }, `${head} [a@32473 x="1" x=""] it failed`],
    [
      'escapes values, and nothing but the three characters',
      { structured: parameters(['x', 'a"b\\c]d=[\n']) },
      `${head} [a@32473 x="a\\"b\\\\c\\]d=[\n"] it failed`,
    ],
    [
      'puts elements side by side',
      { structured: [...parameters(), { id: 'b', parameters: [] }] },
      `${head} [a@32473][b] it failed`,
    ],
    [
      'cuts the words at their lengths, and makes them printable ASCII',
      {
        hostname: 'h'.repeat(300),
        application: 'ä b'.repeat(20),
        processId: '1'.repeat(200),
        messageId: 'm'.repeat(40),
      },
      `<13>1 2003-10-11T22:14:15.003Z ${'h'.repeat(255)} ${'__b'.repeat(16)} ${'1'.repeat(128)} ${'m'.repeat(32)} - it failed`,
    ],
  ];
  it.each(cases)('%s', (_, change, expected) => expect(text(formatRfc5424({ ...long, ...change }))).toBe(expected));

  it.each([
    ['exampleSDID@32473', true],
    ['!#<>[\\^~', true],
    ['x'.repeat(32), true],
    ['x'.repeat(33), false],
    ['', false],
    ['a b', false],
    ['a=b', false],
    ['a]', false],
    ['a"', false],
    ['ä', false],
    ['a\n', false],
  ])('%j is a name: %s', (name, expected) => expect(isStructuredName(name)).toBe(expected));
});
