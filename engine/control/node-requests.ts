import { setTimeout as delay } from 'node:timers/promises';
import { ActionFailure, type HostServer } from '../../actions/kit/define.ts';
import { operationsOf } from '../compile/project.ts';
import { quote } from '../document/found.ts';
import type { Project } from '../document/types.ts';
import type { Answer, Asked, Wanted } from '../wire/messages.ts';
import { type Control, ControlFault } from './control.ts';
import type { Timers } from './timers.ts';

/** A socket that takes longer is not waited for; a node hears so before it gives up itself. */
const listenWithinMs = 5_000;

/** Timers ask at every tick; a project never changes, but another takes its place. */
const servicesOf = new WeakMap<Project, ReadonlySet<string>>();

/** Whether there is an active service operation of that address. */
export function isActiveService(project: Project, address: string): boolean {
  let services = servicesOf.get(project);
  if (services === undefined) {
    const addresses = Array.from(operationsOf(project), (operation) => operation.address);
    services = new Set(addresses.filter((candidate) => candidate.startsWith('service/')));
    servicesOf.set(project, services);
  }
  return services.has(address);
}

/** Answers what nodes of runs ask of the engine, by what the control API does for people, and with the same traces. */
export class NodeRequests {
  private isClosed = false;

  constructor(
    private readonly control: Pick<Control, 'setRunning' | 'record' | 'project' | 'serverStates'>,
    private readonly timers: Timers,
    /** Resolves when no server is starting any more. */
    private readonly settled: () => Promise<void>,
  ) {}

  /** Never throws. */
  async answer(asked: Asked): Promise<Answer> {
    if (this.isClosed) return failure('engine-unavailable', 'The engine is stopping and takes on nothing more.');
    try {
      return { value: await this.perform(asked) };
    } catch (thrown) {
      if (thrown instanceof ActionFailure) return failure(thrown.code, thrown.message);
      if (thrown instanceof ControlFault) return failure('server-failed', thrown.message);
      return failure('action-failed', (thrown as Error).message);
    }
  }

  close(): void {
    this.isClosed = true;
    this.timers.close();
  }

  private perform(asked: Asked): Wanted | Promise<Wanted> {
    const { timers } = this;
    switch (asked.what) {
      case 'start-server':
        return this.run(asked.server, true, asked.by);
      case 'stop-server':
        return this.run(asked.server, false, asked.by);
      case 'timers':
        return timers.list();
      case 'set-timer': {
        const timer = timers.set(asked.timer);
        this.note('timer.set', `Set the timer ${quote(timer.id)}: ${inWords(timer)}`, asked.by);
        return timer;
      }
      case 'change-timer': {
        const timer = timers.change(asked.timer, asked.change);
        this.note('timer.set', `Changed the timer ${quote(timer.id)}: ${inWords(timer)}`, asked.by);
        return timer;
      }
      case 'delete-timer': {
        const wasThere = timers.delete(asked.timer);
        if (wasThere) this.note('timer.deleted', `Deleted the timer ${quote(asked.timer)}`, asked.by);
        return wasThere;
      }
    }
  }

  private async run(id: string, running: boolean, by: string): Promise<HostServer> {
    if (!this.control.project().servers.has(id))
      throw new ActionFailure('server-unknown', `There is no server ${quote(id)}.`);
    await this.control.setRunning('server', id, running, by);
    if (running) await Promise.race([this.settled(), delay(listenWithinMs, undefined, { ref: false })]);
    const socket = this.control.serverStates().get(id);
    const node = `server/${id}`;
    const { state = 'stopped', host = '', port = 0, reason = null } = socket ?? {};
    if (running && state !== 'listening') {
      const why = reason ?? 'its socket is not open yet';
      this.note('server.start', `Asked ${node} to start, which does not listen: ${why}`, by, node);
      throw new ActionFailure('server-failed', `${node} does not listen: ${why}`);
    }
    this.note(running ? 'server.start' : 'server.stop', `${running ? 'Started' : 'Stopped'} ${node}`, by, node);
    return { id, state: running ? 'listening' : 'stopped', host, port };
  }

  private note(event: string, message: string, by: string, node = by): void {
    this.control.record('info', 'audit', event, message, { user: by, node });
  }
}

const inWords = ({ operation, intervalMs, running }: { operation: string; intervalMs: number; running: boolean }) =>
  `${operation} every ${intervalMs} ms${running ? '' : ', stopped'}`;

const failure = (code: string, message: string): Answer => ({ failure: { code, message } });
