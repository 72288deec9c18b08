import { ActionFailure, type HostControl } from '../../actions/kit/define.ts';

const refuse = async (): Promise<never> => {
  throw new ActionFailure(
    'engine-unavailable',
    'No engine runs here that could do this: `sluice run` performs one operation in a process of its own. Start Sluice, and call the operation there.',
  );
};

/** What can be asked of an engine where there is none. */
export const noEngine: HostControl = {
  startServer: refuse,
  stopServer: refuse,
  setTimer: refuse,
  changeTimer: refuse,
  timers: refuse,
  deleteTimer: refuse,
};
