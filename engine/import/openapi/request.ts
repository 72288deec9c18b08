import type { Json, Simulation } from '../../document/types.ts';
import { Names } from '../ids.ts';
import type { Source } from '../source.ts';
import { parametersOf } from './parameters.ts';
import { resolve } from './resolve.ts';
import { examplesOf, isJson, parsedIfStructured, preferred } from './response.ts';
import { sampleOf } from './sample.ts';

/** Requests that the document gives examples of, in the form of the scope `request`; none when it gives none. */
export function requestExamples(item: Source, operation: Source, root: Source): Simulation[] {
  const { parts, given } = parameterValues(item, operation, root);
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
function parameterValues(item: Source, operation: Source, root: Source) {
  const parts = {
    path: new Map<string, Json>(),
    query: new Map<string, Json>(),
    header: new Map<string, Json>(),
    cookie: new Map<string, Json>(),
  };
  let given = false;
  for (const { name, place, source } of parametersOf(item, operation, root)) {
    const [example] = examplesOf(source, root);
    const shown = example?.value ?? resolve(root, source.at('schema'))?.at('example').value;
    if (shown !== undefined) given = true;
    const isNeeded = place === 'path' || source.at('required').value === true;
    const value = shown ?? (isNeeded ? sampleOf(root, source.at('schema')) : undefined);
    if (value !== undefined) parts[place].set(place === 'header' ? name.toLowerCase() : name, value);
  }
  return { parts, given };
}
