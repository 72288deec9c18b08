import { buffer } from 'node:stream/consumers';
import { ControlFault } from '../control/control.ts';
import { checkName } from '../control/secrets/secret-rules.ts';
import { type SecretAnswer, Secrets, shortestRedacted } from '../control/secrets/secrets.ts';
import { type SecretUse, secretUses } from '../control/secrets/uses.ts';
import type { CheckContext } from '../document/check-context.ts';
import { quote } from '../document/found.ts';
import { didYouMean } from '../document/nearest.ts';
import type { Settings } from '../settings/table.ts';
import { requireDataFolder } from './data-folder.ts';
import type { Io } from './io.ts';
import { openOffline } from './offline.ts';
import { detailOf, runningEngine } from './running-engine.ts';
import type { SecretsVerb } from './usage.ts';

export interface SecretsCommand {
  verb: SecretsVerb;
  /** Its name; undefined for a list. */
  secret: string | undefined;
  json: boolean;
  settings: Settings;
  context: CheckContext;
  env: { readonly [name: string]: string | undefined };
}

type Listed = SecretAnswer & { usedBy: SecretUse[] };

/** The same whether an engine runs or not. Each throws a ControlFault with the reason when it is refused. */
interface Access {
  list(): Promise<Listed[]>;
  set(name: string, value: string): Promise<'created' | 'changed'>;
  /** Gives where it was used. */
  remove(name: string): Promise<SecretUse[]>;
  close(): Promise<void>;
}

/**
 * `sluice secrets set|list|remove`: with a running engine over its control API, and in its data folder without one. The
 * value to set comes from standard input, less one line end, so that it stands in no list of processes and no history of
 * a shell. What was done is said on standard error. Exit code 1 when it is refused, 2 for a name that cannot be.
 */
export async function secrets(command: SecretsCommand, io: Io): Promise<number> {
  const { verb, secret: name = '', json, settings } = command;
  const say = (line: string) => io.stderr.write(`${line}\n`);
  if (verb === 'set') {
    const fault = faultOfName(name);
    if (fault !== undefined) {
      say(`sluice secrets: ${fault}`);
      return 2;
    }
  }
  try {
    if (verb !== 'set') requireDataFolder(settings.dataDir);
    const value = verb === 'set' ? await readValue(io) : '';
    const access = (await online(settings.dataDir)) ?? (await offline(command));
    try {
      if (verb === 'list') io.stdout.write(listing(await access.list(), json));
      if (verb === 'remove') say(removed(name, await access.remove(name)));
      if (verb === 'set') {
        const outcome = await access.set(name, value);
        say(`${outcome === 'created' ? 'Stored' : 'Replaced'} the secret ${name}.`);
        if (value.length < shortestRedacted)
          say(
            `sluice secrets: warning: the value of ${name} is so short that logs are not searched for it. Use one of ${shortestRedacted} characters or more.`,
          );
      }
    } finally {
      await access.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof ControlFault)) throw thrown;
    say(`sluice secrets: ${thrown.message}`);
    return 1;
  }
  return 0;
}

function faultOfName(name: string): string | undefined {
  try {
    checkName(name);
    return undefined;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

function removed(name: string, uses: readonly SecretUse[]): string {
  const done = `Removed the secret ${name}.`;
  if (uses.length === 0) return done;
  const places = uses.map(({ node, pointer }) => `\n  ${node} ${pointer}`);
  return `${done} It is still named here, and runs that need it fail with secret-unknown until it is stored again:${places.join('')}`;
}

async function readValue({ stdin, stderr }: Io): Promise<string> {
  if ((stdin as { isTTY?: boolean }).isTTY)
    stderr.write('Type the value, which is shown as you type, and end it with Ctrl-D on a line of its own.\n');
  const bytes = await buffer(stdin);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new ControlFault(400, 'The value on standard input is no UTF-8. Encode binary data, for example as base64.');
  }
  return text.replace(/\r?\n$/, '');
}

async function online(dataDir: string): Promise<Access | null> {
  const engine = await runningEngine(dataDir);
  if (engine === null) return null;
  const call = async (method: string, path: string, body?: { json: { value: string } }) => {
    const answer = await engine.call(method, `/api/secrets${path}`, body);
    if (answer.status >= 300) throw new ControlFault(answer.status, detailOf(answer));
    return answer;
  };
  const at = (name: string) => `/${encodeURIComponent(name)}`;
  return {
    list: async () => (await call('GET', '')).json as unknown as Listed[],
    set: async (name, value) =>
      (await call('PUT', at(name), { json: { value } })).status === 201 ? 'created' : 'changed',
    async remove(name) {
      const { usedBy } = (await call('GET', at(name))).json as unknown as Listed;
      await call('DELETE', at(name));
      return usedBy;
    },
    close: async () => {},
  };
}

async function offline({ settings, context, env }: SecretsCommand): Promise<Access> {
  const { store, close } = await openOffline(settings.dataDir, context);
  const stored = await Secrets.open({ dataDir: settings.dataDir, env }).catch(async (thrown: unknown) => {
    await close();
    throw thrown;
  });
  const uses = () => secretUses(store.documents, context, settings);
  return {
    async list() {
      const used = uses();
      return stored.list().map((secret) => ({ ...secret, usedBy: used.get(secret.name) ?? [] }));
    },
    set: (name, value) => stored.set(name, value),
    async remove(name) {
      const used = uses().get(name) ?? [];
      const setting = used.find(({ node }) => node === 'settings');
      if (setting !== undefined)
        throw new ControlFault(
          409,
          `The secret ${quote(name)} is used by the settings at ${setting.pointer}. Change that setting first.`,
        );
      if (!(await stored.remove(name)))
        throw new ControlFault(404, `There is no secret ${quote(name)}.${didYouMean(name, stored.names())}`);
      return used;
    },
    close,
  };
}

function listing(secrets: readonly Listed[], json: boolean): string {
  if (json) return `${JSON.stringify(secrets, null, 2)}\n`;
  const width = Math.max(0, ...secrets.map(({ name }) => name.length));
  return secrets
    .map(({ name, changed, readable, usedBy }) => {
      const state = readable ? (changed ?? '') : 'cannot be read';
      const used = [...new Set(usedBy.map(({ node }) => node))].join(', ');
      return `${name.padEnd(width)}  ${state}${used && `  ${used}`}\n`;
    })
    .join('');
}
