import { boolean, bytes, choice, days, integer, type Kind, origin, path, processes, text, textList } from './kinds.ts';
import { otel, webhooks } from './outgoing-data.ts';

/** One key: its kind, its default as settings.json would hold it, and what it means in a sentence. */
export interface Setting<T> extends Kind<T> {
  readonly default: unknown;
  readonly meaning: string;
  /** A change is in force from the next start on. */
  readonly restart: boolean;
}

const setting = <T>(kind: Kind<T>, byDefault: unknown, meaning: string, restart = false): Setting<T> => ({
  ...kind,
  default: byDefault,
  meaning,
  restart,
});
const atStart = <T>(kind: Kind<T>, byDefault: unknown, meaning: string): Setting<T> =>
  setting(kind, byDefault, meaning, true);
const optional = <T>(kind: Kind<T>): Kind<T | undefined> => ({
  ...kind,
  schema: { anyOf: [kind.schema, { type: 'null' }] },
  read: (value) => (value === undefined || value === null ? undefined : kind.read(value)),
});

/** The longest time that a timer of JavaScript can wait, about 24 days. */
const longestMs = 2_147_483_647;

/**
 * Everything an administrator may set. Types, defaults, checks, environment variables and docs/settings.md all come from
 * here.
 */
export const settingsTable = {
  name: setting(text(), 'Sluice', "Shown in the browser's title."),
  host: atStart(text(), '127.0.0.1', 'Address that the editor and the control API listen on.'),
  port: atStart(integer(0, 65_535), 4000, 'Port of the editor and the control API; 0 lets the system choose.'),
  publicUrl: setting(
    optional(origin()),
    undefined,
    'Address of the editor as browsers see it, where a proxy with TLS stands before it.',
  ),
  portOffset: atStart(integer(0, 65_535), 0, "Added to every server's port."),
  dataDir: atStart(
    path(),
    'data',
    'The data folder; relative to this file, or to the working directory if set by flag or variable.',
  ),
  workers: atStart(processes(256), 1, 'Worker processes that run workflows; auto is one per core.'),
  bootFile: atStart(optional(path()), undefined, 'A project to load when the data folder holds none.'),
  'logs.level': setting(
    choice('debug', 'info', 'warning', 'error'),
    'info',
    'Minimum level of records; a node may override it.',
  ),
  'logs.format': setting(choice('plain', 'json'), 'plain', 'Format of the files and of standard output.'),
  'logs.stdout': atStart(boolean(), true, 'Mirror records to standard output.'),
  'logs.usage': setting(boolean(), true, 'Write a usage record for every run.'),
  'logs.rotation.maxSize': atStart(
    bytes(10_240, '100g'),
    '100m',
    'Size at which a log file is rotated, besides every midnight.',
  ),
  'logs.rotation.maxFiles': atStart(days(1, 3650), '14d', 'Age at which rotated log files are removed, in days.'),
  'logs.rotation.maxTotal': atStart(
    bytes(102_400, '10t'),
    '1g',
    'Size of all log files together; the oldest are removed first.',
  ),
  'logs.rotation.minFree': atStart(
    bytes(0, '10t'),
    '100m',
    'Space that stays free on the file system, at most a tenth of it: below it the oldest rotated log files and stored days are removed; 0 removes none.',
  ),
  'logs.maxValueBytes': setting(bytes(64, '16m'), 16_384, 'Longer values are cut in log records, and say so.'),
  'logs.maxDepth': setting(integer(1, 100), 32, 'Deeper values are cut in log records, and say so.'),
  'logs.maxKeys': setting(
    integer(1, 1_000_000),
    1000,
    'Containers with more members are cut in log records, and say so.',
  ),
  'logs.redact.names': setting(
    textList(),
    [],
    'More keys whose values never reach a log; case, - and _ do not matter.',
  ),
  'logs.redact.patterns': setting(
    textList(),
    [],
    'More patterns (linear-time regular expressions) that never reach a log.',
  ),
  'logs.captureAll': setting(boolean(), false, 'Capture every run.'),
  'logs.captureErrors': setting(boolean(), true, 'Keep the capture of every failed run.'),
  'logs.captureSlowMs': setting(
    optional(integer(1, longestMs)),
    undefined,
    'Keep the capture of every run that takes so many milliseconds or more.',
  ),
  'logs.captureMemory': setting(
    bytes(0, '1t'),
    '64m',
    'Memory of a worker for inputs and outputs of running runs, which become a capture when the run fails.',
  ),
  'store.maxBytes': setting(bytes(1_048_576, '100t'), '2g', 'Size of the store; the oldest day goes first.'),
  'store.maxDays': setting(integer(1, 36_500), 14, 'Days that stored records, runs and captures are kept.'),
  'store.maxCaptureBytes': setting(bytes(1024, '1g'), 1_048_576, 'Longer values are cut in captures, and say so.'),
  'limits.runMs': setting(
    integer(1, longestMs),
    60_000,
    'Milliseconds after which a run is ended; an operation may override it.',
  ),
  'limits.requestBytes': setting(
    bytes(0, '1g'),
    1_048_576,
    'Largest body of a request, before and after decompression.',
  ),
  'limits.steps': setting(integer(1, 1_000_000_000_000), 1_000_000, 'Steps that a run may take.'),
  'limits.callDepth': setting(integer(1, 1000), 32, 'How deep operations may call each other.'),
  'limits.memoryBytes': atStart(
    bytes(0, '1t'),
    '64m',
    'Memory of a worker for what runs keep for each other: hash tables and cached results; what was not used for the longest time goes first.',
  ),
  'outgoing.private': setting(boolean(), true, 'Whether actions may call private and loopback addresses.'),
  'outgoing.allow': setting(textList(), [], 'Hosts, networks or host:port that actions may call whatever else holds.'),
  'outgoing.deny': setting(textList(), [], 'Hosts, networks or host:port that actions may not call.'),
  'restricted.commands': setting(
    boolean(),
    false,
    'Whether actions may run command lines on this machine, as the user that the engine runs as.',
  ),
  'env.expose': setting(
    textList(),
    ['APP_*'],
    'Environment variables that the env scope shows; * stands for any letters.',
  ),
  'metrics.public': setting(boolean(), false, 'Serve /metrics without a token.'),
  webhooks: setting(webhooks(), [], 'Endpoints that are told of events, as Standard Webhooks.'),
  otel: setting(optional(otel()), undefined, 'Where OpenTelemetry traces, logs and metrics go.'),
} as const;

type Table = typeof settingsTable;
export type SettingKey = keyof Table;
type Flat = { [K in SettingKey]: ReturnType<Table[K]['read']> };
type Head<K> = K extends `${infer H}.${string}` ? H : K;
type Below<T, H extends string> = { [K in keyof T as K extends `${H}.${infer Rest}` ? Rest : never]: T[K] };
type Nested<T> = { [H in Head<keyof T> & string]: H extends keyof T ? T[H] : Nested<Below<T, H>> };

/** The settings in force: defaults filled in, sizes in bytes, ages in days, times in milliseconds, paths absolute. */
export type Settings = Nested<Flat>;

export const settingKeys = Object.keys(settingsTable) as SettingKey[];

/** The environment variable of a key: `logs.maxValueBytes` is `SLUICE_LOGS_MAX_VALUE_BYTES`. */
export const environmentName = (key: string): string =>
  `SLUICE_${key
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll('.', '_')
    .toUpperCase()}`;
