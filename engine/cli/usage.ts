import { parseArgs } from 'node:util';
import { alternatives, quote } from '../document/found.ts';
import { nearest } from '../document/nearest.ts';
import { type RunState, runStates } from '../store/run-head.ts';

/** What every command takes. */
interface Common {
  /** The value of --settings. */
  settings: string | undefined;
  /** Flags that set something, for loadSettings. */
  flags: { data?: string; host?: string; port?: string };
}

export type Command =
  | ({ name: 'start' } & Common)
  | ({ name: 'check'; files: string[] } & Common)
  | ({ name: 'run'; address: string; input: string | undefined } & Common)
  | ({ name: 'logs'; query: string } & LogFilters & Common)
  | ({ name: 'runs'; query: string } & RunFilters & Common)
  | ({ name: 'audit'; verify: boolean; from: string | undefined; to: string | undefined } & Common)
  | ({ name: 'actions'; words: string[]; json: boolean } & Common)
  | ({ name: 'import'; file: string; replace: boolean } & Common)
  | ({ name: 'export'; out: string | undefined } & Common)
  | ({ name: 'secrets'; verb: SecretsVerb; secret: string | undefined; json: boolean } & Common)
  | ({
      name: 'variables';
      verb: VariablesVerb;
      variable: string | undefined;
      value: string | undefined;
      json: boolean;
    } & Common)
  /** Text for standard output. */
  | { name: 'help'; text: string }
  | { name: 'version' }
  /** Text for standard error; exit with code 2. */
  | { name: 'wrong-usage'; text: string };

export type SecretsVerb = 'set' | 'list' | 'remove';
export type VariablesVerb = 'list' | 'get' | 'set' | 'remove';

/** Filters of `sluice logs`; times are RFC 3339 or durations back, judged by the command. */
export interface LogFilters {
  from: string | undefined;
  to: string | undefined;
  level: 'debug' | 'info' | 'warning' | 'error' | undefined;
  file: 'user' | 'usage' | undefined;
  /** An address. */
  node: string | undefined;
  follow: boolean;
  json: boolean;
}

/** Filters of `sluice runs`; times and the limit are judged by the command. */
export interface RunFilters {
  state: RunState | undefined;
  from: string | undefined;
  to: string | undefined;
  limit: string | undefined;
  json: boolean;
}

interface Option {
  /** What stands for the value in the usage; absent for a switch. */
  readonly value?: string;
  readonly about: string;
  readonly oneOf?: readonly string[];
}

interface Usage {
  readonly about: string;
  /** More to know, in whole sentences. */
  readonly note?: string;
  /** What stands for the arguments, and how many there may be. */
  readonly operands: string;
  readonly most: number;
  readonly least: number;
  readonly options: { readonly [name: string]: Option };
  /** Commands of this command, which are its first argument, and how many arguments each takes after it. */
  readonly verbs?: { readonly [verb: string]: readonly [least: number, most: number] };
}

const json: Option = { about: 'as JSON' };
const times = {
  from: { value: 'TIME', about: 'RFC 3339, a date, or back from now: 15m, 2h, 7d' },
  to: { value: 'TIME', about: 'likewise; a date means the end of that day' },
} as const satisfies Usage['options'];
const commands: { readonly [name: string]: Usage } = {
  start: {
    about: 'start the engine (the default)',
    operands: '',
    least: 0,
    most: 0,
    options: {
      host: { value: 'H', about: 'address of the editor and control API' },
      port: { value: 'N', about: 'port of the editor and control API' },
    },
  },
  check: {
    about: 'check the project, or files and folders; exit 1 if there is a fault',
    note: 'Warnings begin with "warning:". Drafts need not be in order: what is wrong in them begins with "draft:", is counted\napart and is no reason for exit 1, but a deploy is refused with the faults among it.',
    operands: '[FILE…]',
    least: 0,
    most: Number.POSITIVE_INFINITY,
    options: {},
  },
  run: {
    about: 'run one operation without servers',
    operands: 'ADDRESS',
    least: 1,
    most: 1,
    options: { input: { value: 'JSON|@FILE|-', about: 'its input: JSON, a file, or standard input' } },
  },
  logs: {
    about: 'search the logs',
    note: 'QUERY: words that must all occur, "a phrase", -not, field:value, field:>10, field:a*, OR, parentheses.\nFields are those of the records, such as status, node, user or input.body.email; node:server/hello means all below it too.',
    operands: '[QUERY]',
    least: 0,
    most: Number.POSITIVE_INFINITY,
    options: {
      ...times,
      level: { value: 'LEVEL', about: 'this level and above', oneOf: ['debug', 'info', 'warning', 'error'] },
      node: { value: 'ADDRESS', about: 'this node and all below it' },
      file: { value: 'user|usage', about: 'one of the two files', oneOf: ['user', 'usage'] },
      follow: { about: 'go on with what is written from now on' },
      json,
    },
  },
  runs: {
    about: 'find runs: the last ones, the newest at the bottom',
    note: 'QUERY: as for logs, over what the list of runs shows: state, status, ms, type, server, service, operation, trigger, error, ….\nWhat went in and out is found among the records: sluice logs input.body.email:a@b.c',
    operands: '[QUERY]',
    least: 0,
    most: Number.POSITIVE_INFINITY,
    options: {
      state: { value: 'STATE', about: alternatives(runStates), oneOf: runStates },
      from: { value: 'TIME', about: 'the earliest end: RFC 3339, a date, or back from now: 15m, 2h, 7d' },
      to: { value: 'TIME', about: 'the latest end, likewise; a date means the end of that day' },
      limit: { value: 'N', about: 'how many at most; 50 if left out' },
      json: { about: 'as JSON, one run per line' },
    },
  },
  audit: {
    about: 'print the audit trail; "verify" checks that nothing in it was changed, exit 1 if something was',
    operands: '[verify]',
    least: 0,
    most: 1,
    options: times,
    verbs: { '': [0, 0], verify: [0, 0] },
  },
  import: {
    about: 'take in a project, a configuration of API AutoFlow or an OpenAPI document; - is standard input',
    operands: 'FILE',
    least: 1,
    most: 1,
    options: { replace: { about: 'replace what is there under the same id and different' } },
  },
  export: {
    about: 'write the whole project, without secrets',
    operands: '',
    least: 0,
    most: 0,
    options: { out: { value: 'FILE', about: 'the file to write; standard output if left out' } },
  },
  secrets: {
    about: 'store, list or remove secrets; a value comes from standard input',
    operands: 'set|list|remove [NAME]',
    least: 1,
    most: 2,
    options: { json },
    verbs: { set: [1, 1], list: [0, 0], remove: [1, 1] },
  },
  variables: {
    about: 'list, read, set or remove variables; a value is JSON or a text, from standard input if left out',
    operands: 'list|get|set|remove [NAME] [JSON]',
    least: 1,
    most: 3,
    options: { json },
    verbs: { list: [0, 0], get: [1, 1], set: [1, 2], remove: [1, 1] },
  },
  actions: {
    about: 'list the actions, document one, or find those that words are about',
    note: 'WORD: all of them must occur, in any order, in id, title, summary, fields, help, or a name it has elsewhere, such as sha256.',
    operands: '[ID | WORD…]',
    least: 0,
    most: Number.POSITIVE_INFINITY,
    options: { json: { about: 'as JSON; binary data and dates as data/execution/encode writes them' } },
  },
};

// No option is a digit, but the parser would take a negative number apart into options. No argument can begin with NUL.
const marked = (argument: string): string =>
  /^-(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(argument) ? `\0${argument}` : argument;
const unmarked = (argument: string): string => argument.replace('\0', '');

const everywhere: { readonly [name: string]: Option } = {
  data: { value: 'DIR', about: 'the data folder' },
  settings: { value: 'FILE', about: 'the settings file' },
  help: { about: 'show this' },
};

/** Takes a command line apart, without the program's own name. Never throws: wrong usage is an answer too. */
export function parseCommand(argv: readonly string[]): Command {
  const [first] = argv;
  if (first === '--version' || first === '-v') return { name: 'version' };
  if (first === '--help' || first === '-h' || (first === 'help' && argv.length === 1))
    return { name: 'help', text: overview() };
  const named = first !== undefined && !first.startsWith('-');
  const name = named ? (first === 'help' ? (argv[1] as string) : first) : 'start';
  const usage = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (usage === undefined) {
    const near = nearest(name, Object.keys(commands));
    const remedy = near === undefined ? '' : ` Did you mean "${near}"?`;
    return wrong(`There is no command ${quote(name)}.${remedy}`, overview());
  }
  if (first === 'help') return { name: 'help', text: usageOf(name, usage) };
  return parseOf(name, usage, argv.slice(named ? 1 : 0));
}

function parseOf(name: string, usage: Usage, argv: string[]): Command {
  const options = { ...usage.options, ...everywhere };
  const values: { [option: string]: string | true } = {};
  const operands: string[] = [];
  const refuse = (message: string): Command => wrong(`sluice ${name}: ${message}`, usageOf(name, usage));
  const { tokens } = parseArgs({
    args: argv.map(marked),
    strict: false,
    allowPositionals: true,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(options).map(([key, { value }]) => [key, { type: value ? 'string' : 'boolean' } as const]),
    ),
  });
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(unmarked(token.value));
    if (token.kind !== 'option') continue;
    const key = token.name === 'h' ? 'help' : token.name;
    const option = Object.hasOwn(options, key) ? options[key] : undefined;
    if (option === undefined) {
      const near = nearest(key, Object.keys(options));
      const remedy = near ? ` Did you mean "--${near}"?` : ' For a text that begins with "-", put "--" before it.';
      return refuse(`There is no option ${quote(token.rawName)}.${remedy}`);
    }
    if (key === 'help') return { name: 'help', text: usageOf(name, usage) };
    if (option.value === undefined) {
      if (token.value !== undefined)
        return refuse(`The option "--${key}" takes no value, found ${quote(token.value)}.`);
      values[key] = true;
      continue;
    }
    if (token.value === undefined) return refuse(`The option "--${key}" needs a value: ${option.value}.`);
    if (Object.hasOwn(values, key)) return refuse(`The option "--${key}" is there twice. Leave out one.`);
    if (option.oneOf && !option.oneOf.includes(token.value)) {
      return refuse(`The option "--${key}" must be ${alternatives(option.oneOf)}, found ${quote(token.value)}.`);
    }
    values[key] = unmarked(token.value);
  }
  if (operands.length < usage.least) return refuse(`${usage.operands} is missing.`);
  const extra = operands[usage.most];
  if (extra !== undefined) {
    const remedy = Object.hasOwn(commands, extra) ? ' The command comes before its options.' : '';
    return refuse(`There is one argument too many: ${quote(extra)}.${remedy}`);
  }
  const wrongVerb = usage.verbs && faultOfVerb(usage.verbs, operands);
  return wrongVerb === undefined ? commandFrom(name, operands, values) : refuse(wrongVerb);
}

function faultOfVerb(verbs: NonNullable<Usage['verbs']>, [verb = '', ...others]: string[]): string | undefined {
  const counts = Object.hasOwn(verbs, verb) ? verbs[verb] : undefined;
  if (counts === undefined) {
    const near = nearest(verb, Object.keys(verbs));
    const remedy = near
      ? ` Did you mean "${near}"?`
      : ` Allowed are ${alternatives(Object.keys(verbs).filter(Boolean))}.`;
    return `There is no ${quote(verb)} here.${remedy}`;
  }
  if (others.length < counts[0]) return `"${verb}" needs a NAME.`;
  const extra = others[counts[1]];
  return extra === undefined ? undefined : `There is one argument too many: ${quote(extra)}.`;
}

function commandFrom(name: string, operands: string[], values: { [option: string]: string | true }): Command {
  const text = (key: string): string | undefined => values[key] as string | undefined;
  const is = (key: string): boolean => values[key] === true;
  const flags: Common['flags'] = {};
  for (const key of ['data', 'host', 'port'] as const) {
    const value = text(key);
    if (value !== undefined) flags[key] = value;
  }
  const common = { settings: text('settings'), flags };
  switch (name) {
    case 'check':
      return { name, files: operands, ...common };
    case 'run':
      return { name, address: operands[0] as string, input: text('input'), ...common };
    case 'logs': {
      const level = text('level') as LogFilters['level'];
      const file = text('file') as LogFilters['file'];
      const query = operands.join(' ');
      return {
        name,
        query,
        from: text('from'),
        to: text('to'),
        level,
        file,
        node: text('node'),
        follow: is('follow'),
        json: is('json'),
        ...common,
      };
    }
    case 'runs':
      return {
        name,
        query: operands.join(' '),
        state: text('state') as RunFilters['state'],
        from: text('from'),
        to: text('to'),
        limit: text('limit'),
        json: is('json'),
        ...common,
      };
    case 'audit':
      return { name, verify: operands[0] === 'verify', from: text('from'), to: text('to'), ...common };
    case 'actions':
      return { name, words: operands, json: is('json'), ...common };
    case 'import':
      return { name, file: operands[0] as string, replace: is('replace'), ...common };
    case 'export':
      return { name, out: text('out'), ...common };
    case 'secrets':
      return { name, verb: operands[0] as SecretsVerb, secret: operands[1], json: is('json'), ...common };
    case 'variables': {
      const [verb, variable, value] = operands;
      return { name, verb: verb as VariablesVerb, variable, value, json: is('json'), ...common };
    }
    default:
      return { name: 'start', ...common };
  }
}

const wrong = (message: string, usage: string): Command => ({ name: 'wrong-usage', text: `${message}\n\n${usage}` });

function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
}

const optionRows = (options: Usage['options']): [string, string][] =>
  Object.entries(options).map(([name, { value, about }]) => [`--${name}${value ? ` ${value}` : ''}`, about]);

function usageOf(name: string, { about, note, operands, options }: Usage): string {
  const line = ['sluice', name, operands, '[OPTION…]'].filter(Boolean).join(' ');
  return `Usage: ${line}\n${about[0]?.toUpperCase()}${about.slice(1)}.\n${note ? `${note}\n` : ''}\n${columns(optionRows({ ...options, ...everywhere }))}`;
}

function overview(): string {
  const rows = Object.entries(commands).map(
    ([name, { operands, about }]) => [`${name} ${operands}`.trim(), about] as const,
  );
  const options = optionRows({ ...everywhere, version: { about: 'show the version' } });
  return `Usage: sluice [COMMAND] [OPTION…]\n\n${columns(rows)}\n${columns(options)}\n"sluice COMMAND --help" shows the options of one command.\n`;
}
