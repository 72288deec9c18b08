import { ActionFailure, type HostControl, type HostServer, type HostTimer } from '../../actions/kit/define.ts';
import type { Answer, Asked, FromWorker } from '../wire/messages.ts';

/** How long a run waits for the control process. */
const answerWithinMs = 10_000;

/** Characters of a timer as JSON. The control process has the last word about each part. */
const longestTimer = 70_000;

type Receive = (answer: Answer) => void;

/** Asks the control process for what a node wants of the engine. */
export class EngineControl implements HostControl {
  private readonly open = new Map<number, Receive>();
  private nextId = 1;

  constructor(
    private readonly tell: (message: FromWorker) => void,
    private readonly withinMs = answerWithinMs,
  ) {}

  startServer(server: string, by: string): Promise<HostServer> {
    return this.ask({ what: 'start-server', server, by });
  }

  stopServer(server: string, by: string): Promise<HostServer> {
    return this.ask({ what: 'stop-server', server, by });
  }

  async setTimer(timer: HostTimer, by: string): Promise<HostTimer> {
    return this.ask({ what: 'set-timer', timer: sendable(timer), by });
  }

  async changeTimer(timer: string, change: Partial<Omit<HostTimer, 'id'>>, by: string): Promise<HostTimer> {
    return this.ask({ what: 'change-timer', timer, change: sendable(change), by });
  }

  timers(): Promise<readonly HostTimer[]> {
    return this.ask({ what: 'timers' });
  }

  deleteTimer(timer: string, by: string): Promise<boolean> {
    return this.ask({ what: 'delete-timer', timer, by });
  }

  /** What the control process says. */
  answered(id: number, answer: Answer): void {
    this.open.get(id)?.(answer);
  }

  private async ask<T>(asked: Asked): Promise<T> {
    const id = this.nextId++;
    const answer = await new Promise<Answer | null>((resolve) => {
      const timer = setTimeout(() => resolve(null), this.withinMs);
      this.open.set(id, (received) => {
        clearTimeout(timer);
        resolve(received);
      });
      this.tell({ type: 'ask', id, asked });
    });
    this.open.delete(id);
    if (answer === null) {
      const message = `The engine did not answer within ${this.withinMs} ms; what was asked of it may still happen.`;
      throw new ActionFailure('engine-unavailable', message);
    }
    if ('failure' in answer) throw new ActionFailure(answer.failure.code, answer.failure.message);
    return answer.value as T;
  }
}

/** Messages between processes are JSON; what that cannot hold would arrive as something else, and what is huge would hold up all others. */
function sendable<T extends Partial<HostTimer>>(timer: T): T {
  const refuse = (why: string) => new ActionFailure('timer-invalid', `The timer cannot be set: ${why}.`);
  let json: string;
  try {
    json = JSON.stringify(timer, function (this: { [key: string]: unknown }, key, value: unknown) {
      // Some binary data turns itself into something else before it gets here.
      if (ArrayBuffer.isView(this[key])) throw refuse('`input` holds binary data, which JSON cannot');
      return value;
    });
  } catch (thrown) {
    throw thrown instanceof ActionFailure ? thrown : refuse('`input` is nested too deeply, or in itself');
  }
  if (json.length > longestTimer) throw refuse(`it has ${json.length} characters as JSON; allowed are ${longestTimer}`);
  return timer;
}
