import { post, shop, tools, web } from '../../actions/config/example-project.ts';
import {
  ActionFailure,
  type HostControl,
  type HostProject,
  type HostServer,
  type HostTimer,
} from '../../actions/kit/index.ts';

const documents = { api: [shop], server: [web], service: [tools], client: [post] };

export const openProject = (): HostProject => ({
  list: (kind) => documents[kind],
  find: (kind, id) => documents[kind].find((document) => document.id === id),
});

const timer: HostTimer = {
  id: 'clean-up',
  intervalMs: 60_000,
  operation: 'service/tools/echo',
  input: { a: 1 },
  running: true,
};

/** An engine with the server `web`, and with one timer; none ever fires. */
export const openControl = (): HostControl => {
  const timers = new Map([[timer.id, timer]]);
  const answer = async (id: string, state: HostServer['state']): Promise<HostServer> => {
    const server = documents.server.find((document) => document.id === id);
    if (server === undefined) throw new ActionFailure('server-unknown', `There is no server \`${id}\`.`);
    return { id, state, host: server.host, port: server.port };
  };
  const keep = (timer: HostTimer): HostTimer => {
    if (!timer.operation.startsWith('service/tools/'))
      throw new ActionFailure('timer-invalid', `There is no operation \`${timer.operation}\`.`);
    timers.set(timer.id, timer);
    return timer;
  };
  return {
    startServer: (id) => answer(id, 'listening'),
    stopServer: (id) => answer(id, 'stopped'),
    setTimer: async (timer) => keep(timer),
    changeTimer: async (id, change) => {
      const timer = timers.get(id);
      if (timer === undefined) throw new ActionFailure('timer-unknown', `There is no timer \`${id}\`.`);
      return keep({ ...timer, ...change });
    },
    timers: async () => [...timers.values()],
    deleteTimer: async (id) => timers.delete(id),
  };
};
