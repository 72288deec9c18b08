/** By code, 0 to 23 (RFC 5424, table 1), under the names that syslog.conf uses. */
export const facilities: readonly string[] = [
  ...['kern', 'user', 'mail', 'daemon', 'auth', 'syslog', 'lpr', 'news'],
  ...['uucp', 'cron', 'authpriv', 'ftp', 'ntp', 'audit', 'alert', 'clock'],
  ...['local0', 'local1', 'local2', 'local3', 'local4', 'local5', 'local6', 'local7'],
];

/** By name; the long names are those of RFC 5424, table 2. */
export const severities: Readonly<Record<string, number>> = {
  ...{ emerg: 0, alert: 1, crit: 2, err: 3, warning: 4, notice: 5, info: 6, debug: 7 },
  ...{ emergency: 0, critical: 2, error: 3, informational: 6 },
};

export interface SyslogMessage {
  /** A name of `facilities` and one of `severities`. */
  readonly facility: string;
  readonly severity: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Of the sender. */
  readonly hostname: string;
  readonly application: string;
  readonly text: string;
}

export interface DetailedMessage extends SyslogMessage {
  readonly processId: string;
  readonly messageId: string;
  /** Names must be checked with isStructuredName. */
  readonly structured: readonly StructuredElement[];
}

export interface StructuredElement {
  readonly id: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

const priority = ({ facility, severity }: SyslogMessage): string =>
  `<${facilities.indexOf(facility) * 8 + (severities[severity] ?? 0)}>`;

/** A word of a header: printable ASCII without spaces. What is empty is the nil value. */
const word = (text: string, most: number): string => text.slice(0, most).replace(/[^!-~]/g, '_') || '-';

const twoDigits = (number: number): string => String(number).padStart(2, '0');

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** RFC 3164, 4.1: the time is that of the sender's clock on the wall, and has neither year nor zone. */
export const formatRfc3164 = (message: SyslogMessage): Uint8Array => {
  const time = new Date(message.time);
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':');
  const date = `${months[time.getMonth()]} ${String(time.getDate()).padStart(2, ' ')}`;
  // A tag ends at the first character that is no letter and no digit; daemons also use these.
  const tag = message.application.slice(0, 32).replace(/[^A-Za-z0-9_./-]/g, '_') || '-';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  const text = message.text.replace(/[\x00-\x1f\x7f]/g, ' ');
  return new TextEncoder().encode(
    `${priority(message)}${date} ${clock} ${word(message.hostname, 255)} ${tag}: ${text}`,
  );
};

/** RFC 5424, 6: `<PRI>1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG`. */
export const formatRfc5424 = (message: DetailedMessage): Uint8Array => {
  const { text } = message;
  const header = [
    `${priority(message)}1`,
    new Date(message.time).toISOString(),
    word(message.hostname, 255),
    word(message.application, 48),
    word(message.processId, 128),
    word(message.messageId, 32),
    message.structured.map(formatElement).join('') || '-',
  ].join(' ');
  // A text beyond ASCII is UTF-8 and must say so with a byte order mark.
  const mark = /^[\0-\x7f]*$/.test(text) ? '' : '\ufeff';
  return new TextEncoder().encode(text === '' ? header : `${header} ${mark}${text}`);
};

const formatElement = ({ id, parameters }: StructuredElement): string =>
  `[${id}${parameters.map(([name, value]) => ` ${name}="${value.replace(/["\\\]]/g, '\\$&')}"`).join('')}]`;

/** SD-NAME: 1 to 32 printable ASCII characters without `=`, space, `]` and `"`. */
export const isStructuredName = (name: string): boolean => /^[!#-<>-\\^-~]{1,32}$/.test(name);
