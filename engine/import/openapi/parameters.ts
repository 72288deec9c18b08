import type { Source } from '../source.ts';
import { resolve } from './resolve.ts';

const places = ['path', 'query', 'header', 'cookie'] as const;

export interface Parameter {
  readonly name: string;
  readonly place: (typeof places)[number];
  readonly source: Source;
}

/** Parameters of an operation; one of its own replaces the path's of the same name and place. */
export function parametersOf(item: Source, operation: Source, root: Source): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const reference of [...item.at('parameters').items, ...operation.at('parameters').items]) {
    const source = resolve(root, reference);
    const name = source?.at('name').text;
    const kind = source?.at('in').text;
    const place = places.find((each) => each === kind);
    if (source === undefined || name === undefined || place === undefined) continue;
    parameters.set(`${place} ${name}`, { name, place, source });
  }
  return [...parameters.values()];
}
