import { quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import { literal } from '../literal.ts';
import type { Report } from '../report.ts';
import type { Source } from '../source.ts';
import { resolve } from './resolve.ts';
import { sampleOf } from './sample.ts';

/** The media type that a stub speaks: JSON if there is a choice. */
export function preferred(content: Source): [string, Source] | undefined {
  const types = content.members.filter(([, { object }]) => object !== undefined);
  const byWish = [isJson, (type: string) => type.startsWith('text/'), () => true];
  for (const fits of byWish) {
    const found = types.find(([type]) => fits(type.toLowerCase()));
    if (found !== undefined) return found;
  }
  return undefined;
}

export const isJson = (type: string): boolean => /^[^/]+\/(?:[^;]*\+)?json\s*(?:;|$)/i.test(type);

/** What a stub answers: the first example of the lowest response that says all went well. */
export function stubAnswer(operation: Source, root: Source, node: string, report: Report): Json {
  const responses = operation.at('responses');
  const chosen = lowest(responses);
  if (chosen === undefined) return { status: 200 };
  const [status, reference] = chosen;
  const response = resolve(root, reference);
  if (response === undefined) {
    report.warn(
      node,
      reference,
      `The response leads to nothing in this document; the stub answers ${status} with nothing.`,
    );
    return { status };
  }
  const media = preferred(response.at('content'));
  if (media === undefined || status === 204 || status === 304) return { status };
  const [type, source] = media;
  const example = exampleOf(source, root);
  if (example === undefined) {
    report.warn(
      node,
      source,
      `There is no example of ${quote(type)}, and none can be made from its schema; the stub answers ${status} with nothing.`,
    );
    return { status };
  }
  const named = type.includes('*') ? undefined : type;
  if (isJson(type)) return jsonAnswer(status, type, example, source, root);
  if (typeof example === 'string')
    return { status, ...(named && { headers: { 'content-type': named } }), body: example };
  if (named === undefined) return { status, body: literal(example) };
  report.warn(
    node,
    source,
    `The example is no text, and the stub cannot write it as ${quote(type)}; it answers with JSON.`,
  );
  return { status, body: literal(example) };
}

/** Status and response: the lowest 2xx, else the default one, else the lowest of all. */
function lowest(responses: Source): [number, Source] | undefined {
  const found = responses.members
    .map(([key, source]) => [statusOf(key), source] as [number, Source])
    .filter(([status]) => status >= 200)
    .sort(([a], [b]) => a - b);
  const good = found.find(([status]) => status < 300);
  if (good !== undefined) return good;
  const fallback = responses.at('default');
  return fallback.value === undefined ? found[0] : [200, fallback];
}

const statusOf = (key: string): number =>
  /^[2-5]\d\d$/.test(key) ? Number(key) : /^[2-5]xx$/i.test(key) ? Number(key[0]) * 100 : 0;

/** The first example of a media type, or a value made from its schema. */
function exampleOf(media: Source, root: Source): Json | undefined {
  const [named] = examplesOf(media, root);
  if (named !== undefined) return named.value;
  return media.at('schema').value === undefined ? undefined : sampleOf(root, media.at('schema'));
}

/** Examples that the document gives itself, by name. */
export function examplesOf(media: Source, root: Source): { name: string; title: string | undefined; value: Json }[] {
  const one = media.at('example').value;
  const list = one === undefined ? [] : [{ name: 'example', title: undefined, value: one }];
  for (const [name, reference] of media.at('examples').members) {
    const example = resolve(root, reference);
    const value = example?.at('value').value;
    if (value !== undefined) list.push({ name, title: example?.at('summary').filled, value } as (typeof list)[number]);
  }
  return list;
}

// A text as body is sent as it is, so JSON that is a text or null has to be written here.
function jsonAnswer(status: number, type: string, example: Json, media: Source, root: Source): Json {
  const data = typeof example === 'string' ? (parsedIfStructured(example, media, root) ?? example) : example;
  const isScalar = data === null || typeof data === 'string';
  if (!isScalar) {
    const isPlain = /^application\/json$/i.test(type);
    return { status, ...(!isPlain && { headers: { 'content-type': type } }), body: literal(data) };
  }
  return { status, headers: { 'content-type': type }, body: JSON.stringify(data) };
}

/** Examples of objects are sometimes given as the text of them. */
export function parsedIfStructured(example: string, media: Source, root: Source): Json | undefined {
  const type = resolve(root, media.at('schema'))?.at('type').value;
  if (type !== 'object' && type !== 'array') return undefined;
  try {
    const data = JSON.parse(example) as Json;
    return typeof data === 'object' ? data : undefined;
  } catch {
    return undefined;
  }
}
