import type { Json, Simulation } from '../../document/types.ts';
import { Names } from '../ids.ts';
import type { Source } from '../source.ts';
import { resolve } from './resolve.ts';
import { examplesOf, isJson, parsedIfStructured, preferred } from './response.ts';
import { sampleOf } from './sample.ts';

const places: { [place: string]: 'path' | 'query' | 'header' | 'cookie' } = {
  path: 'path',
  query: 'query',
  header: 'header',
  cookie: 'cookie',
};

/** Requests that the document gives examples of, in the form of the scope `request`; none when it gives none. */
export function requestExamples(item: Source, operation: Source, root: Source): Simulation[] {
  const { parts, given } = parametersOf(item, operation, root);
  const media = preferred(
    resolve(root, operation.at('requestBody'))?.at('content') ?? operation.at('requestBody').at('content'),
  );
  const bodies = media === undefined ? [] : examplesOf(media[1], root);
  const base = Object.fromEntries(
    Object.entries(parts)
      .filter(([, values]) => values.size > 0)
      .map(([place, values]) => [place, Object.fromEntries(values)]),
  );
  if (bodies.length === 0) {
    if (!given) return [];
    const sample = media === undefined ? undefined : sampleOf(root, media[1].at('schema'));
    return [{ id: 'example', input: { ...base, ...(sample !== undefined && { body: sample }) } }];
  }
  const names = new Names(undefined);
  return bodies.map(({ name, title, value }) => ({
    id: names.give(name.trim() === '' ? 'example' : name),
    ...(title !== undefined && { title }),
    input: { ...base, body: bodyOf(value, media as [string, Source], root) },
  }));
}

const bodyOf = (value: Json, [type, media]: [string, Source], root: Source): Json =>
  typeof value === 'string' && isJson(type) ? (parsedIfStructured(value, media, root) ?? value) : value;

/** Values for the parameters, and whether the document gives one of them itself. */
function parametersOf(item: Source, operation: Source, root: Source) {
  const parts = {
    path: new Map<string, Json>(),
    query: new Map<string, Json>(),
    header: new Map<string, Json>(),
    cookie: new Map<string, Json>(),
  };
  let given = false;
  // An operation's parameter replaces the path's of the same name and place.
  for (const reference of [...item.at('parameters').items, ...operation.at('parameters').items]) {
    const parameter = resolve(root, reference);
    const name = parameter?.at('name').text;
    const kind = parameter?.at('in').text ?? '';
    const place = Object.hasOwn(places, kind) ? places[kind] : undefined;
    if (parameter === undefined || name === undefined || place === undefined) continue;
    const [example] = examplesOf(parameter, root);
    const shown = example?.value ?? resolve(root, parameter.at('schema'))?.at('example').value;
    if (shown !== undefined) given = true;
    const isNeeded = place === 'path' || parameter.at('required').value === true;
    const value = shown ?? (isNeeded ? sampleOf(root, parameter.at('schema')) : undefined);
    if (value !== undefined) parts[place].set(place === 'header' ? name.toLowerCase() : name, value);
  }
  return { parts, given };
}
