import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import type { Fault } from '../../document/types.ts';
import { Access, type Caller } from './access.ts';
import { sessionCookie } from './cookie.ts';
import { SignIn } from './sign-in.ts';
import type { User } from './user.ts';

export const password = 'correct-horse-9';
export const second = 1000;
export const hour = 3600 * second;

interface Written {
  level: string;
  kind: string;
  event: string;
  message: string;
  user?: string;
  remote?: string;
}

/** Access to a data folder of its own, on a clock that tests turn. */
export class TestAccess {
  access: Access;
  signIn: SignIn;
  records: Written[] = [];
  faults: Fault[] = [];
  settings: { host: string; publicUrl: string | undefined } = { host: '127.0.0.1', publicUrl: undefined };
  private time = Date.parse('2026-11-21T10:00:00Z');

  constructor(
    readonly dir: string,
    readonly apiToken?: string,
  ) {
    [this.access, this.signIn] = this.open();
  }

  /** Reads everything anew, as a start does. */
  restart(): void {
    [this.access, this.signIn] = this.open();
  }

  pass(ms: number): void {
    this.time += ms;
  }

  text(file: string): string {
    return readFileSync(join(this.dir, file), 'utf8');
  }

  /** Creates the administrator `root` and signs in. */
  async setUp(): Promise<string> {
    return (await this.enter('root')).id;
  }

  enter(username: string, given = password, remote = '127.0.0.1') {
    return this.signIn.signIn({ username, password: given }, { remote, cookie: undefined });
  }

  /** Who a session id is. */
  who(id: string): User | null {
    return this.access.authenticate(this.caller({ cookie: sessionCookie(id, true) }));
  }

  /** Whose a token is. */
  bearer(token: string, remote = '127.0.0.1'): User | null {
    return this.access.authenticate(this.caller({ authorization: `Bearer ${token}`, remote }));
  }

  caller(part: Partial<Caller> = {}): Caller {
    return { authorization: undefined, cookie: undefined, remote: '127.0.0.1', request: 'GET /api/x', ...part };
  }

  private open(): [Access, SignIn] {
    const access = new Access({
      dataDir: this.dir,
      apiToken: this.apiToken,
      localToken: 'local-token-of-this-start',
      record: (level, kind, event, message, about) => this.records.push({ level, kind, event, message, ...about }),
      report: (fault) => this.faults.push(fault),
      now: () => this.time,
    });
    return [access, new SignIn(access, () => this.settings)];
  }
}

/** Registers the hooks that give every test of a file one of its own. */
export function useTestAccess(apiToken?: string): { readonly it: TestAccess } {
  const held: { it?: TestAccess } = {};
  beforeEach(() => {
    held.it = new TestAccess(mkdtempSync(join(tmpdir(), 'sluice-access-')), apiToken);
  });
  afterEach(async () => {
    await held.it?.access.close();
    rmSync(held.it?.dir ?? '', { recursive: true, force: true });
  });
  return held as { readonly it: TestAccess };
}
