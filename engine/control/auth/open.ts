import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsFault } from '../../settings/fault.ts';
import type { Control } from '../control.ts';
import { Access } from './access.ts';
import { nameFault, passwordFault } from './account.ts';
import { makeLocalToken, removeLocalAccess, writeLocalAccess } from './local-access.ts';
import { SignIn } from './sign-in.ts';

/** Name and password of the administrator that the environment asks for. */
export interface WantedAdministrator {
  name: string;
  password: string;
}

/**
 * The administrator of SLUICE_ADMIN_USERNAME and SLUICE_ADMIN_PASSWORD; null when neither is set, and when there are users
 * already, since passwords may have been changed meanwhile.
 * @throws SettingsFault when only one is set, or one cannot be used
 */
export function wantedAdministrator(env: NodeJS.ProcessEnv, dataDir: string): WantedAdministrator | null {
  const name = env.SLUICE_ADMIN_USERNAME || undefined;
  const password = env.SLUICE_ADMIN_PASSWORD || undefined;
  if ((name === undefined && password === undefined) || existsSync(join(dataDir, 'users.json'))) return null;
  if (name === undefined || password === undefined) {
    const [set, lacking] = name === undefined ? ['PASSWORD', 'USERNAME'] : ['USERNAME', 'PASSWORD'];
    throw new SettingsFault(
      `SLUICE_ADMIN_${lacking} is not set, but SLUICE_ADMIN_${set} is. Set both to have the administrator created, or neither.`,
    );
  }
  const unfitName = nameFault(name);
  if (unfitName !== undefined) throw new SettingsFault(`SLUICE_ADMIN_USERNAME cannot be used: ${unfitName}`);
  const unfit = passwordFault(password, name);
  if (unfit !== undefined) throw new SettingsFault(`SLUICE_ADMIN_PASSWORD cannot be used: ${unfit}`);
  return { name, password };
}

/** What a started engine lets people in with. */
export interface OpenEntrance {
  readonly access: Access;
  readonly signIn: SignIn;
  /** Leaves the engine's address for commands that run beside it. */
  tellWhere(url: string): void;
  close(): Promise<void>;
}

/** Reads users, sessions and tokens of a data folder, and creates the wanted administrator where there is no user. */
export async function openEntrance(
  control: Pick<Control, 'record' | 'settings'>,
  dataDir: string,
  {
    apiToken,
    wanted,
    say,
  }: { apiToken: string | undefined; wanted: WantedAdministrator | null; say(text: string): void },
): Promise<OpenEntrance> {
  const localToken = makeLocalToken();
  const tell = (event: string, message: string) => {
    control.record('error', 'system', event, message);
    say(`sluice: ${message}`);
  };
  const access = new Access({
    dataDir,
    apiToken,
    localToken,
    record: (...record) => control.record(...record),
    report: ({ file, message }) => tell('access.damaged', `${file}: ${message}`),
  });
  const signIn = new SignIn(access, () => control.settings);
  if (wanted !== null && access.users.isEmpty) {
    await signIn.createFirst(wanted.name, wanted.password).catch((thrown: Error) => {
      tell('user.failed', `The administrator ${wanted.name} could not be created: ${thrown.message}`);
    });
  }
  return {
    access,
    signIn,
    tellWhere(url) {
      try {
        writeLocalAccess(dataDir, { url, token: localToken });
      } catch (thrown) {
        tell('control.unwritten', `Commands cannot reach this engine: .control: ${(thrown as Error).message}`);
      }
    },
    async close() {
      removeLocalAccess(dataDir);
      signIn.close();
      await access.close();
    },
  };
}
