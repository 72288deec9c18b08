import { text as readStream } from 'node:stream/consumers';
import { ControlFault } from '../control/control.ts';
import { isVariableName, unknownVariable, type VariableValues, variableNameRule } from '../control/variables.ts';
import type { CheckContext } from '../document/check-context.ts';
import { quote } from '../document/found.ts';
import { parseJsonText } from '../document/json-text.ts';
import type { Json } from '../document/types.ts';
import { requireDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';
import { openOffline } from './offline.ts';
import { detailOf, runningEngine } from './running-engine.ts';
import type { VariablesVerb } from './usage.ts';

export interface VariablesCommand {
  verb: VariablesVerb;
  /** Its name; undefined for a list. */
  variable: string | undefined;
  /** JSON, or any other text, which is taken as a text; undefined reads standard input. */
  value: string | undefined;
  /** A list as one JSON object. */
  json: boolean;
  dataDir: string;
  context: CheckContext;
}

/** The same whether an engine runs or not. Each throws a ControlFault with the reason when it is refused. */
interface Access {
  all(): Promise<VariableValues>;
  set(name: string, value: Json): Promise<'created' | 'changed'>;
  remove(name: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * `sluice variables list|get|set|remove`: with a running engine over its control API, and in its data folder without one.
 * Values are JSON on standard output, what was done is said on standard error. Exit code 1 when it is refused, 2 for a name
 * that cannot be.
 */
export async function variables(command: VariablesCommand, io: Io): Promise<number> {
  const { verb, variable: name = '', dataDir } = command;
  const say = (line: string) => io.stderr.write(`${line}\n`);
  if (verb === 'set' && !isVariableName(name)) {
    say(`sluice variables: The name must be ${variableNameRule}, found ${quote(name)}.`);
    return 2;
  }
  try {
    if (verb !== 'set') requireDataFolder(dataDir);
    const value = verb === 'set' ? await readValue(command, io) : null;
    const access = (await online(dataDir)) ?? (await offline(command));
    try {
      if (verb === 'set') {
        const outcome = await access.set(name, value);
        say(`${outcome === 'created' ? 'Stored' : 'Replaced'} the variable ${name}.`);
      }
      if (verb === 'remove') {
        await access.remove(name);
        say(`Removed the variable ${name}.`);
      }
      if (verb === 'list') io.stdout.write(listing(await access.all(), command.json));
      if (verb === 'get') {
        const all = await access.all();
        if (!Object.hasOwn(all, name)) throw unknownVariable(name, all);
        io.stdout.write(`${JSON.stringify(all[name], null, 2)}\n`);
      }
    } finally {
      await access.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof ControlFault)) throw thrown;
    say(`sluice variables: ${thrown.message}`);
    return 1;
  }
  return 0;
}

/** JSON if it is any, else the text itself: `set greeting Hello` needs no quotes. */
async function readValue({ value }: VariablesCommand, { stdin }: Io): Promise<Json> {
  const given = value ?? (await readStream(stdin)).replace(/\r?\n$/, '');
  const { value: parsed, fault } = parseJsonText(given);
  if (fault === undefined) return parsed;
  // What begins as a container was meant to be one, and a slip in it must not become a text.
  if (/^\s*[[{"]/.test(given))
    throw new ControlFault(
      400,
      `The value begins like JSON and is none. Line ${fault.line}, column ${fault.column}: ${aboutValue(fault.message)}. A text that begins with {, [ or " must be written as JSON, in double quotes.`,
    );
  if (given === '') throw new ControlFault(400, 'The value is missing. Give JSON, or a text; "" is the empty text.');
  return given;
}

// The reader of JSON speaks of files.
const aboutValue = (message: string): string =>
  message.replace('the end of the file', 'the end of the value').replace('. The file may have been cut short', '');

async function online(dataDir: string): Promise<Access | null> {
  const engine = await runningEngine(dataDir);
  if (engine === null) return null;
  const call = async (method: string, path: string, body?: { json: Json }) => {
    const answer = await engine.call(method, `/api/variables${path}`, body);
    if (answer.status >= 300) throw new ControlFault(answer.status, detailOf(answer));
    return answer;
  };
  const at = (name: string) => `/${encodeURIComponent(name)}`;
  return {
    all: async () => (await call('GET', '')).json as VariableValues,
    set: async (name, value) => ((await call('PUT', at(name), { json: value })).status === 201 ? 'created' : 'changed'),
    remove: async (name) => void (await call('DELETE', at(name))),
    close: async () => {},
  };
}

async function offline({ dataDir, context }: VariablesCommand): Promise<Access> {
  const { variables: stored, close } = await openOffline(dataDir, context);
  const author = { by: 'local' };
  return {
    all: async () => stored.all(),
    set: (name, value) => stored.set(name, value, author),
    remove: (name) => stored.remove(name, author),
    close,
  };
}

/** One line each, or one object. */
const listing = (values: VariableValues, json: boolean): string =>
  json
    ? `${JSON.stringify(values, null, 2)}\n`
    : Object.entries(values)
        .map(([name, value]) => `${name} ${JSON.stringify(value)}\n`)
        .join('');
