import type { Ajv, ValidateFunction } from 'ajv';
import { loadLinearPatterns } from '../../../compile/linear-patterns.ts';
import { quote } from '../../../document/found.ts';
import { pathShape, withWildcard } from '../../../document/route.ts';
import { RunFailure } from '../../../run/failure.ts';
import { ApiCheck, type BodyCheck, type ParameterCheck } from './check.ts';
import { below, isObj, type Located, type Obj, resolve, upgraded } from './document.ts';
import { type Place, readingOf } from './parameters.ts';

/** Name under which the validator knows the document; every schema in it is compiled by its place. */
const documentKey = 'urn:sluice:api';
const methodKeys = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);
const places: ReadonlySet<unknown> = new Set<Place>(['path', 'query', 'header', 'cookie']);
// OpenAPI 3.1, section 4.8.12.1: these are described by other parts of the document.
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

/** Finds what an API asks of an operation; null if the document has no such method and path. */
export type ApiChecks = (method: string, path: string) => ApiCheck | null;

/**
 * Compiles every operation of an OpenAPI 3 document. The validator is loaded on first use: servers without an API never
 * pay for it.
 * @throws RunFailure api-invalid, which names the place
 */
export async function compileApi(openapi: Obj): Promise<ApiChecks> {
  const version = typeof openapi.openapi === 'string' ? openapi.openapi : '';
  if (!/^3\.\d+/.test(version)) throw invalid(`"openapi" must be "3.0.x" or "3.1.x", found ${quote(version)}`);
  const document = version.startsWith('3.0') ? (upgraded(openapi) as Obj) : openapi;
  const ajv = await validatorFor(document);
  const checks = new Map<string, ApiCheck>();
  for (const [path, item] of Object.entries(isObj(document.paths) ? document.paths : {})) {
    const place = below('#', 'paths', path);
    try {
      const { value, fragment } = resolve(document, item, place);
      for (const [method, operation] of Object.entries(value)) {
        if (!methodKeys.has(method)) continue;
        const located = resolve(document, operation, below(fragment, method));
        const { check, paths } = compileOperation(document, ajv, path, { value, fragment }, located);
        for (const each of paths) checks.set(`${method} ${pathShape(each)}`, check);
      }
    } catch (thrown) {
      throw invalid(`${quote(path)} of the document cannot be used: ${(thrown as Error).message}`);
    }
  }
  return (method, path) => checks.get(`${method.toLowerCase()} ${pathShape(path)}`) ?? null;
}

async function validatorFor(document: Obj): Promise<Ajv> {
  const [{ Ajv2020 }, formats, regExp] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv-formats'),
    loadLinearPatterns(),
  ]);
  // One error per schema: a list of a million wrong items must not become a million errors.
  const ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    validateSchema: false,
    logger: false,
    code: { regExp },
  }) as unknown as Ajv;
  formats.default.default(ajv);
  return ajv.addSchema(document as object, documentKey);
}

/** What is asked of an operation, and the paths that it may have with us: one whose end takes slashes is `{name*}` here. */
function compileOperation(document: Obj, ajv: Ajv, path: string, item: Located, operation: Located) {
  const open = new Set<string>();
  const parameters = new Map<string, ParameterCheck>();
  // An operation's parameter replaces the path's of the same name and place.
  for (const owner of [item, operation]) {
    const list = Array.isArray(owner.value.parameters) ? owner.value.parameters : [];
    list.forEach((entry, index) => {
      const located = resolve(document, entry, below(owner.fragment, 'parameters', index));
      const check = compileParameter(document, ajv, path, located);
      if (check === null) return;
      parameters.set(`${check.place} ${check.name}`, check);
      if (check.place !== 'path') return;
      if (located.value['x-wildcard'] === true) open.add(check.name);
      else open.delete(check.name);
    });
  }
  const paths = [path, ...[...open].flatMap((name) => withWildcard(path, name) ?? [])];
  return { check: new ApiCheck([...parameters.values()], compileBody(document, ajv, operation)), paths };
}

function compileParameter(document: Obj, ajv: Ajv, path: string, { value, fragment }: Located): ParameterCheck | null {
  const { name, in: place } = value;
  if (typeof name !== 'string' || !places.has(place))
    throw new Error('A parameter needs "name", and "in" as path, query, header or cookie');
  if (place === 'header' && ignoredHeaders.has(name.toLowerCase())) return null;
  const position =
    place === 'path' ? [...path.matchAll(/\{([^{}]*?)\*?\}/g)].findIndex(([, known]) => known === name) : -1;
  if (place === 'path' && position === -1) throw new Error(`The path has no parameter ${quote(name)}`);
  const schemaAt = below(fragment, 'schema');
  const reading = isObj(value.schema) ? readingOf(document, value, place as Place, schemaAt) : null;
  return {
    name,
    place: place as Place,
    position,
    required: place === 'path' || value.required === true,
    reading,
    validate: reading === null ? null : compileSchema(ajv, schemaAt),
  };
}

function compileBody(document: Obj, ajv: Ajv, operation: Located): BodyCheck | null {
  if (operation.value.requestBody === undefined) return null;
  const { value, fragment } = resolve(document, operation.value.requestBody, below(operation.fragment, 'requestBody'));
  const content = isObj(value.content) ? value.content : {};
  const types = Object.entries(content).map(([type, media]) => {
    const hasSchema = isObj(media) && media.schema !== undefined;
    return [
      (type.split(';', 1)[0] ?? '').trim().toLowerCase(),
      hasSchema ? compileSchema(ajv, below(fragment, 'content', type, 'schema')) : null,
    ] as const;
  });
  const generality = (type: string): number => (type === '*/*' ? 2 : type.endsWith('/*') ? 1 : 0);
  types.sort(([a], [b]) => generality(a) - generality(b));
  return { required: value.required === true, types };
}

const compileSchema = (ajv: Ajv, fragment: string): ValidateFunction =>
  ajv.compile({ $ref: `${documentKey}${fragment}` });

const invalid = (message: string): RunFailure => new RunFailure('api-invalid', `${message}.`);
