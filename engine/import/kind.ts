import { found } from '../document/found.ts';
import type { Json, ResourceKind } from '../document/types.ts';
import type { Source } from './source.ts';
import { ImportFault, type ImportKind } from './types.ts';

const allowed =
  'Allowed are a project exported by Sluice, a configuration exported by API AutoFlow 3 and an OpenAPI 3 document';
const autoflowKeys = ['$product', 'API', 'Server', 'Process', 'Service', 'Client'];

/**
 * Tells what kind of document it is.
 * @throws ImportFault when it cannot be told
 */
export function kindOf(root: Source): ImportKind {
  const { object } = root;
  if (object === undefined)
    throw new ImportFault(`The document must be an object, found ${found(root.value)}. ${allowed}.`);
  const has = (key: string): boolean => Object.hasOwn(object, key);
  if (has('sluice')) return 'sluice';
  if (typeof object.openapi === 'string') return 'openapi';
  if (has('swagger')) {
    const version = found(object.swagger);
    throw ImportFault.at('/swagger', `This is Swagger, of the version ${version}. Convert it to OpenAPI 3 first.`);
  }
  if (autoflowKeys.some(has)) return 'autoflow';
  if (bareKind(object) !== undefined) return 'sluice';
  throw new ImportFault(`The kind of document cannot be told, found ${found(object)}. ${allowed}.`);
}

/** The kind of a single resource, if there is no doubt. */
export function bareKind(object: { [key: string]: Json }): ResourceKind | undefined {
  if (typeof object.id !== 'string') return undefined;
  const { openapi, type, operations, settings } = object;
  const isObject = (value: Json | undefined): boolean =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject(openapi)) return 'api';
  if (type === 'http' || type === 'schedule') return Array.isArray(operations) ? 'server' : undefined;
  if (typeof type === 'string') return isObject(settings) ? 'client' : undefined;
  const isService = type === undefined && settings === undefined && Array.isArray(operations);
  return isService && operations.every((each) => isObject(each) && isObject((each as { workflow?: Json }).workflow))
    ? 'service'
    : undefined;
}
