import { parseAddress } from './address.ts';
import type { CheckContext } from './check-context.ts';
import { level, switched } from './check-fields.ts';
import { quote } from './found.ts';
import { Place } from './place.ts';
import { checkShape, isObject } from './shape.ts';
import type { Fault, Switches } from './types.ts';

/** Checks the switches set while running. Entries in order are given back; the others are faults. */
export function checkSwitches(
  data: unknown,
  file: string,
  context: CheckContext = {},
): { switches: Switches; faults: Fault[] } {
  const faults: Fault[] = [];
  const place = Place.root(file, faults);
  const entries: [string, Switches[string]][] = [];
  if (!isObject(data)) place.expected('an object of addresses', data);
  else {
    const keys = { log: switched(context), capture: switched(context), logLevel: level };
    for (const [address, entry] of Object.entries(data)) {
      const before = faults.length;
      const at = place.at(address);
      if (parseAddress(address) === undefined)
        at.error(`${quote(address)} is no address of a node, such as "server/hello/get-hello".`);
      else checkShape(entry, at, { keys, required: [] });
      if (faults.length === before) entries.push([address, entry as Switches[string]]);
    }
  }
  return { switches: Object.fromEntries(entries), faults };
}
