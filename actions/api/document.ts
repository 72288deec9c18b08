import { ActionFailure, isPlainObject, type Plain } from '../kit/index.ts';

/** A parameter of an operation, as far as it changes how a value is written. */
export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly style: unknown;
  readonly explode: boolean;
  /** What is sent where nothing is given; undefined if that is left to the server. */
  readonly usual: unknown;
}

/** What an OpenAPI 3 document says about a request. */
export interface ApiOperation {
  readonly method: string;
  readonly path: string;
  /** The servers that are nearest: of the operation, of its path, or of the whole. */
  readonly servers: readonly Plain[];
  readonly parameters: readonly Parameter[];
  readonly requestTypes: readonly string[];
  readonly responseTypes: readonly string[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

const objectAt = (value: unknown, key: string): Plain => {
  const found = isPlainObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return isPlainObject(found) ? found : {};
};

const objectsAt = (value: Plain, key: string): Plain[] => {
  const found = Object.hasOwn(value, key) ? value[key] : undefined;
  return Array.isArray(found) ? found.filter(isPlainObject) : [];
};

/** Follows references within the document; nothing for one that leads out of it, to nothing, or round in a circle. */
const resolve = (root: Plain, value: unknown): Plain => {
  let found = value;
  for (let steps = 0; steps < 32; steps += 1) {
    if (!isPlainObject(found)) return {};
    const reference = Object.hasOwn(found, '$ref') ? found.$ref : undefined;
    if (typeof reference !== 'string') return found;
    if (!reference.startsWith('#/')) return {};
    const keys = reference.slice(2).split('/').map(unescapePointer);
    found = keys.reduce<unknown>(
      (part, key) => (isPlainObject(part) && Object.hasOwn(part, key) ? part[key] : null),
      root,
    );
  }
  return {};
};

const unescapePointer = (text: string): string => {
  const key = text.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(key);
  } catch {
    return key;
  }
};

/**
 * Finds an operation by its operationId, or by method and path, `GET /orders/{id}`. Names of path parameters make no difference.
 * Throws operation-unknown, naming the API.
 */
export const findOperation = (root: Plain, wanted: string, api: string): ApiOperation => {
  const [, method = '', path = ''] = /^([A-Za-z]+) (\/.*)$/.exec(wanted) ?? [];
  const shape = shapeOf(path);
  for (const [itemPath, reference] of Object.entries(objectAt(root, 'paths'))) {
    const item = resolve(root, reference);
    for (const itemMethod of methods) {
      if (!isPlainObject(item[itemMethod])) continue;
      const operation = objectAt(item, itemMethod);
      const isNamed = operation.operationId === wanted;
      if (isNamed || (itemMethod === method.toLowerCase() && shapeOf(itemPath) === shape))
        return describeOperation(root, { path: itemPath, item, method: itemMethod, operation });
    }
  }
  throw new ActionFailure(
    'operation-unknown',
    `The API \`${api}\` has no such operation; name it by its operationId or as "GET /path"`,
  );
};

const shapeOf = (path: string): string => path.replace(/\{[^{}]*\}/g, '{}');

interface Found {
  readonly path: string;
  readonly item: Plain;
  readonly method: string;
  readonly operation: Plain;
}

const describeOperation = (root: Plain, { path, item, method, operation }: Found): ApiOperation => {
  const parameters = new Map<string, Parameter>();
  // An operation's parameter replaces the path's of the same name and place.
  for (const reference of [...asList(item.parameters), ...asList(operation.parameters)]) {
    const found = resolve(root, reference);
    const { name, in: place, style = place === 'query' || place === 'cookie' ? 'form' : 'simple' } = found;
    if (typeof name !== 'string' || typeof place !== 'string') continue;
    const explode = typeof found.explode === 'boolean' ? found.explode : style === 'form';
    const usual = resolve(root, found.schema).default;
    parameters.set(`${place} ${name}`, { name, in: place, style, explode, usual });
  }
  const content = (part: unknown): string[] => Object.keys(objectAt(resolve(root, part), 'content'));
  const near = [operation, item, root].find((owner) => objectsAt(owner, 'servers').length > 0);
  return {
    method,
    path,
    servers: near === undefined ? [] : objectsAt(near, 'servers'),
    parameters: [...parameters.values()],
    requestTypes: content(operation.requestBody),
    responseTypes: [...new Set(Object.values(objectAt(operation, 'responses')).flatMap(content))],
  };
};

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
