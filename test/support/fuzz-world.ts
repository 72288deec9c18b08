import {
  type ActionContext,
  ActionFailure,
  type HostResponse,
  isPlainObject,
  type Lazy,
} from '../../actions/kit/index.ts';
import { openActionContext } from './action-context.ts';
import { Steps } from './action-fuzz.ts';

/** What ends a run from outside: no action may keep it from ending. */
export class Limit extends Error {
  readonly code = 'step-limit';
  readonly uncatchable = true;
}

export interface World {
  readonly context: ActionContext;
  /** What JSON has no word for was put in, and may be kept for later. */
  hasSeenOdd: boolean;
  /** Plain values as an action gets them: steps are functions now. A new input has all the steps left again. */
  equip(input: Record<string, unknown>): Record<string, unknown>;
  /** Puts the clock forward, by an hour at most. */
  skip(ms: number): void;
  close(): Promise<void>;
}

const mostSteps = 300;

const answers: readonly (() => HostResponse)[] = [
  () => ({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: bytesOf('{"items":[1,2],"next":"/2"}'),
  }),
  () => ({ status: 200, headers: { 'content-type': 'application/json' }, body: bytesOf('{"__proto__":[') }),
  () => ({ status: 204, headers: {}, body: new Uint8Array() }),
  () => ({ status: 429, headers: { 'retry-after': '1e99' }, body: bytesOf('slow') }),
  () => ({ status: 302, headers: { location: 'http://[' }, body: new Uint8Array() }),
  () => ({
    status: 503,
    headers: { link: '<http://api.example/?page=2>; rel="next"' },
    body: new Uint8Array([0xff, 0]),
  }),
  () => ({
    status: 200,
    headers: { 'content-type': 'text/plain; charset=nope', 'set-cookie': 'a\n=b; Expires=x' },
    body: bytesOf('x'),
  }),
  () => {
    throw new ActionFailure('request-failed', 'Nobody answers.');
  },
  () => {
    throw new ActionFailure('request-forbidden', 'It may not be called.');
  },
  () => {
    throw new ActionFailure('timeout', 'It took too long.');
  },
];

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The world of examples, but that nothing is sent, sleeping only moves the clock, and steps come to an end. */
export const openWorld = async (isPure: boolean): Promise<World> => {
  const opened = isPure ? undefined : await openActionContext();
  let left = mostSteps;
  let turn = 0;
  const step = (): void => {
    left -= 1;
    if (left < 0) throw new Limit('The run took too many steps.');
  };
  const skip = (ms: number): void => opened?.skip(Math.min(ms, 3_600_000));
  const context = opened && {
    ...opened.context,
    host: {
      ...opened.context.host,
      request: async () => {
        step();
        turn += 1;
        return (answers[turn % answers.length] as () => HostResponse)();
      },
    },
    sleep: async (ms: number) => {
      step();
      skip(ms);
    },
  };
  const lazy = ({ kind, value }: Steps): Lazy => {
    let calls = 0;
    return (locals) => {
      step();
      calls += 1;
      switch (kind) {
        case 'now':
          return value;
        case 'later':
          return Promise.resolve(value);
        case 'fails':
          throw new ActionFailure('steps-failed', 'The steps failed.');
        case 'fails-later':
          return Promise.reject(new ActionFailure('steps-failed', 'The steps failed.'));
        case 'alternates':
          return calls % 2 === 0;
        default:
          return Object.values(locals ?? {})[0] ?? null;
      }
    };
  };
  const equip = (value: unknown): unknown => {
    if (value instanceof Steps) return lazy(value);
    if (Array.isArray(value) && value.some((item) => isPlainObject(item) && Object.values(item).some(isSteps)))
      return value.map(equip);
    return isPlainObject(value) && Object.values(value).some(isSteps)
      ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, equip(part)]))
      : value;
  };
  return {
    // A pure action gets none.
    context: context as ActionContext,
    hasSeenOdd: false,
    equip: (input) => {
      left = mostSteps;
      return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, equip(value)]));
    },
    skip,
    close: async () => opened?.close(),
  };
};

const isSteps = (value: unknown): boolean => value instanceof Steps;
