/** Those of Unicode that Intl has in every version of Node.js that is supported. */
export const calendars = [
  'gregory',
  'buddhist',
  'chinese',
  'coptic',
  'dangi',
  'ethioaa',
  'ethiopic',
  'hebrew',
  'indian',
  'islamic-civil',
  'islamic-tbla',
  'islamic-umalqura',
  'japanese',
  'persian',
  'roc',
] as const;
export type Calendar = (typeof calendars)[number];
