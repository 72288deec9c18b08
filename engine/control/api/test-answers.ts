import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

interface Described {
  paths: {
    [path: string]: {
      [method: string]: {
        parameters: { name: string; 'x-wildcard'?: boolean }[];
        responses: { [status: string]: { content?: { [mediaType: string]: { schema: object } } } };
      };
    };
  };
  components: { schemas: object };
}

/** What was asked and answered. `text` is null where the body cannot be waited for. */
export interface Exchange {
  method: string;
  path: string;
  status: number;
  type: string | null;
  text: string | null;
}

/** Compiles schemas that refer to the components of a description. */
export function schemaCompiler(description: unknown): (schema: object) => ValidateFunction {
  const rooted = (schema: object): object =>
    JSON.parse(JSON.stringify(schema).replaceAll('"#/components/schemas/', '"api#/$defs/')) as object;
  const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
  (formats as unknown as (ajv: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: 'api', $defs: rooted((description as Described).components.schemas) });
  return (schema) => ajv.compile(rooted(schema));
}

/**
 * Holds answers against the description of the API: the check throws for a status or media type that is not declared,
 * and for a body that does not fit its schema.
 */
export function createAnswerCheck(description: unknown): (exchange: Exchange) => void {
  const { paths } = description as Described;
  const compile = schemaCompiler(description);
  const validators = new Map<object, ValidateFunction>();
  const templates = Object.entries(paths).map(([path, operations]) => {
    const wild = Object.values(operations).flatMap(({ parameters }) =>
      parameters.filter((parameter) => parameter['x-wildcard']).map(({ name }) => name),
    );
    const source = path
      .replace(/[.]/g, '\\.')
      .replace(/\{(\w+)\}/g, (_, name: string) => (wild.includes(name) ? '.+' : '[^/]+'));
    return { path, operations, pattern: new RegExp(`^${source}/?$`) };
  });

  return ({ method, path, status, type, text }) => {
    const refuse = (reason: string): never => {
      throw new Error(
        `${method} ${path} answered ${status} ${type ?? ''}, ${reason}${text ? `:\n${text.slice(0, 2000)}` : '.'}`,
      );
    };
    const pathname = path.split(/[?#]/)[0] as string;
    const found = templates.find(({ pattern }) => pattern.test(pathname));
    const name = method === 'HEAD' ? 'get' : method.toLowerCase();
    const operation = found?.operations[name];
    // The guard and the table's edges answer for paths and methods that are nobody's.
    if (found === undefined || operation === undefined) return;
    const response = operation.responses[status] ?? refuse('a status that it does not declare');
    const mediaType = type?.split(';')[0] ?? '';
    if (response.content === undefined) {
      if (text) refuse('a body where none is declared');
      return;
    }
    const schema = response.content[mediaType]?.schema ?? refuse('a media type that it does not declare');
    if (text === null || method === 'HEAD' || !/^application\/(problem\+)?json$/.test(mediaType)) return;
    const validate = validators.get(schema) ?? compile(schema);
    validators.set(schema, validate);
    if (validate(JSON.parse(text))) return;
    const faults = (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`,
    );
    refuse(`which does not fit its description, ${faults.join('; ')}`);
  };
}
