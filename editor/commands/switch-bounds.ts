import type { NodeAnswer } from '../../engine/control/control.ts';
import type { Switch } from '../../engine/document/types.ts';
import type { LiveProject } from '../state/live-project.ts';
import { clock, isOwnOn, type SwitchName } from '../state/switch-text.ts';
import { rateText, summaryOf, timeFor } from '../state/traffic-text.ts';
import type { NodeCommand } from './command.ts';
import { openLogs } from './open-logs.ts';

/** One way to bound a switch. */
interface Bound {
  id: string;
  label: string;
  /** What it sets; made when it is chosen, since it may name a time. */
  value(): Switch;
  /** What it will amount to, where that can be known. */
  amounts?: string | undefined;
  /** Whether a switch has this bound. */
  fits(value: Exclude<Switch, boolean>): boolean;
  /** Ends "Log of Hello is on". */
  inWords(): string;
}

const quarterMs = 15 * 60_000;

/** The bounds of a switch, and the way to turn it off; a further menu of the entry that toggles it. */
export function boundsOf(node: NodeAnswer, name: SwitchName, noun: string, project: LiveProject): NodeCommand[][] {
  const { own } = node[name];
  const isOn = isOwnOn(node, name, Date.now());
  const bounded = typeof own === 'object' && own !== null ? own : null;
  const ways = waysFor(node, project).map(
    (bound): NodeCommand => ({
      id: `${name}-${bound.id}`,
      icon: name,
      right: 'operate',
      label: () => bound.label,
      value: () => bound.amounts ?? '',
      isInForce: isOn && (bounded === null ? bound.id === 'always' : bound.fits(bounded)),
      async perform({ address, title }, context) {
        await context.project.change(address, { [name]: bound.value() });
        const after = context.project.snapshot().nodes.get(address) ?? node;
        context.done(`${noun} of ${title} is on ${bound.inWords()}.`, {
          label: 'Open Logs',
          perform: () => void openLogs.perform(after, context),
        });
      },
    }),
  );
  const onlyWhen: NodeCommand = {
    id: `${name}-when`,
    icon: name,
    right: 'operate',
    label: () => 'Only When…',
    value: () => bounded?.when ?? 'JSONata',
    isInForce: isOn && bounded?.when !== undefined,
    perform: ({ address }, { ask }) => ask({ dialog: 'switch-when', address, name }),
  };
  const turnOff: NodeCommand = {
    id: `${name}-off`,
    icon: 'off',
    right: 'operate',
    label: () => 'Turn Off',
    whyNot: () => (isOn ? undefined : `${noun} is not on here.`),
    async perform({ address, title }, { project: live, say }) {
      await live.change(address, { [name]: false });
      say(`${noun} of ${title} is disabled.`);
    },
  };
  return [[...ways, onlyWhen], [turnOff]];
}

function waysFor(node: NodeAnswer, project: LiveProject): Bound[] {
  const { perMinute, errors, runs } = summaryOf(trafficOf(node, project));
  const until = (): number => Date.now() + quarterMs;
  const isAction = node.kind === 'action';
  const errorsNow = runs === 0 ? undefined : errors === 0 ? 'none lately' : `${rateText(errors / 15)} a minute lately`;
  return [
    {
      id: 'always',
      label: 'Until I Turn It Off',
      value: () => true,
      amounts: runs === 0 || isAction ? undefined : `${rateText(perMinute)} a minute`,
      fits: (value) => Object.keys(value).every((key) => key === 'on'),
      inWords: () => 'until it is turned off',
    },
    {
      id: 'time',
      label: 'For 15 Minutes',
      value: () => ({ on: true, until: new Date(until()).toISOString() }),
      amounts: `until ${clock(until())}`,
      fits: (value) => value.until !== undefined,
      inWords: () => `until ${clock(until())}`,
    },
    {
      id: 'times',
      label: 'For 100 Runs',
      value: () => ({ on: true, times: 100 }),
      amounts: timeFor(100, perMinute),
      fits: (value) => value.times !== undefined,
      inWords: () => 'for 100 runs',
    },
    {
      id: 'sample',
      label: '1 % Of Runs',
      value: () => ({ on: true, sample: 0.01 }),
      amounts: runs === 0 ? undefined : `${rateText(perMinute / 100)} a minute`,
      fits: (value) => value.sample !== undefined,
      inWords: () => 'for 1 % of runs',
    },
    {
      id: 'errors',
      label: 'Only Errors',
      value: () => ({ on: true, errorsOnly: true }),
      amounts: isAction ? undefined : errorsNow,
      fits: (value) => value.errorsOnly === true,
      inWords: () => 'for errors only',
    },
  ];
}

/** The traffic of a node; of an action that of its operation. */
function trafficOf({ address, kind, traffic }: NodeAnswer, project: LiveProject): NodeAnswer['traffic'] {
  if (kind !== 'action') return traffic;
  return project.snapshot().nodes.get(address.slice(0, address.lastIndexOf('/')))?.traffic;
}

/** What holds for every bound. */
export const boundNotes = ['Takes effect within a second, no restart.'] as const;
