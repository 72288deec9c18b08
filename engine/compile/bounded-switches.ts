import { ActionFailure } from '../../actions/kit/define.ts';
import { isTruthy } from '../../actions/kit/values.ts';
import { type SwitchAt, type SwitchKind, type SwitchUses, switchKey } from '../log/policy.ts';
import type { BoundedSwitch, Condition } from '../run/bounded-switch.ts';
import { compileJsonata, ExpressionFault } from './jsonata.ts';
import { scopesFor } from './scope-data.ts';

/** Who counts the runs of switches over all processes, and hears of conditions that fail. */
export interface SwitchKeeper {
  /** Takes one run of a counted switch; false when it has none at the moment. */
  take(key: string, version: number): boolean;
  /** A condition failed; told once per switch. */
  failed(key: string, kind: SwitchKind, node: string, failure: Error): void;
}

/** For a process of its own: everybody is let in, and nobody is told. */
const uncounted: SwitchKeeper = { take: () => true, failed: () => {} };

/**
 * The bounded switches in force, ready to decide. One and the same switch stays one object over changes of others, so that
 * runs recognise it.
 */
export class BoundedSwitches {
  private readonly known = new Map<string, BoundedSwitch>();
  private seen = new Set<string>();

  constructor(private readonly keeper: SwitchKeeper = uncounted) {}

  /** The switch at its place, in the version that is counted now. */
  at(placed: SwitchAt, uses: SwitchUses): BoundedSwitch {
    const key = switchKey(placed.address, placed.kind, placed.value);
    const version = uses[key]?.version ?? 0;
    const name = nameOf(key, version);
    this.seen.add(name);
    const known = this.known.get(name);
    if (known !== undefined) return known;
    const made = this.make(placed, key, version);
    this.known.set(name, made);
    return made;
  }

  /** Forgets those that nobody asked for since the last time. Of those, only what has ended by its count is not withdrawn. */
  forgetOthers(uses: SwitchUses): void {
    for (const [key, { version }] of Object.entries(uses)) this.seen.add(nameOf(key, version));
    for (const [name, each] of this.known) {
      if (this.seen.has(name)) continue;
      each.withdrawn = true;
      this.known.delete(name);
    }
    this.seen = new Set();
  }

  private make({ address, kind, value }: SwitchAt, key: string, version: number): BoundedSwitch {
    const { keeper } = this;
    const condition = value.when === undefined ? null : compileCondition(value.when);
    let failed = false;
    // A condition that is stopped for its length would hold up every run; once is enough.
    let tooLong = false;
    return {
      kind,
      address,
      sample: value.sample ?? 1,
      when: condition && { ...condition, met: (scopes, end) => !tooLong && condition.met(scopes, end) },
      errorsOnly: value.errorsOnly === true,
      take: value.times === undefined ? null : () => keeper.take(key, version),
      withdrawn: false,
      failed(failure) {
        tooLong ||= failure instanceof ActionFailure && failure.code === 'expression-limit';
        if (failed) return;
        failed = true;
        keeper.failed(key, kind, address, failure);
      },
    };
  }
}

const nameOf = (key: string, version: number): string => `${key} ${version}`;

/** What conditions see of a node's end besides the scopes. */
const ofEnd = ['output', 'error', 'ms'] as const;

/** Compiles the `when` of a switch. A text that is no expression gives a condition that fails whenever it is asked. */
function compileCondition(text: string): Condition {
  try {
    const expression = compileJsonata(text);
    const { roots } = expression;
    const data = scopesFor(roots);
    return {
      // Where the expression could touch anything, its words tell whether it means the end.
      ofEnd: roots === 'all' ? /\b(?:output|error|ms)\b/.test(text) : ofEnd.some((name) => roots.has(name)),
      ofRequest: roots === 'all' || roots.has('request'),
      met(scopes, end) {
        const given = data(scopes);
        if (end !== null) {
          for (const name of ofEnd) {
            if (end[name] === null || end[name] === undefined) delete given[name];
            else given[name] = end[name];
          }
        }
        return isTruthy(expression(given));
      },
    };
  } catch (thrown) {
    if (!(thrown instanceof ExpressionFault)) throw thrown;
    const fail = () => {
      throw thrown;
    };
    return { ofEnd: false, ofRequest: false, met: fail };
  }
}
