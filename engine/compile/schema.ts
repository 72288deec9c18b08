import type { Ajv } from 'ajv';
import type { Json } from '../document/types.ts';
import { RunFailure } from '../run/failure.ts';
import { loadLinearPatterns } from './linear-patterns.ts';

/** Throws schema-mismatch (input) or output-invalid (output), naming every place that does not fit. */
export type CheckData = (data: unknown) => void;

type Draft = '2020-12' | 'draft-07';
let shared: Record<Draft, Ajv> | null = null;

/** Loads the validator once; projects without schemas never pay for it. */
export async function loadValidator(): Promise<void> {
  if (shared !== null) return;
  const [{ Ajv2020 }, { Ajv }, formats, regExp] = await Promise.all([
    import('ajv/dist/2020.js'),
    import('ajv'),
    import('ajv-formats'),
    loadLinearPatterns(),
  ]);
  const options = {
    strict: false,
    allErrors: true,
    // Otherwise `constructor` would be there in every object.
    ownProperties: true,
    // What an unknown format means is the schema's matter, not that of standard output.
    logger: false as const,
    // Otherwise 19.99 would be no multiple of 0.01, since the doubles are not.
    multipleOfPrecision: 6,
    code: { regExp },
  };
  shared = { '2020-12': new Ajv2020(options) as unknown as Ajv, 'draft-07': new Ajv(options) };
  for (const ajv of Object.values(shared)) formats.default.default(ajv);
}

const draftOf = (schema: Json): Draft =>
  String(Object(schema).$schema ?? '').includes('json-schema.org/draft-07/') ? 'draft-07' : '2020-12';

/**
 * Compiles a JSON Schema (2020-12, or draft 7 if it says so) of a service operation. `loadValidator` must have been awaited.
 * @throws RunFailure document-invalid when it is not a schema
 */
export function compileSchema(schema: Json, what: 'input' | 'output', address: string): CheckData {
  const ajv = (shared as Record<Draft, Ajv>)[draftOf(schema)];
  let validate: ReturnType<Ajv['compile']>;
  try {
    if (Object(schema).$async) throw new Error('it has "$async"; only schemas that are checked at once can be used');
    validate = ajv.compile(schema as object | boolean);
  } catch (thrown) {
    throw new RunFailure(
      'document-invalid',
      `The ${what} schema of ${address} cannot be used: ${(thrown as Error).message}.`,
      address,
    );
  } finally {
    // A schema may keep its $id from one version to the next. Not to add it in the first place would leave `#` unresolved.
    if (typeof schema === 'object') ajv.removeSchema(schema as object);
  }
  return (data) => {
    if (validate(data ?? null)) return;
    const faults = (validate.errors ?? [])
      .slice(0, 5)
      .map((fault) => `${what}${fault.instancePath || ''} ${fault.message ?? 'does not fit'}`);
    throw new RunFailure(
      what === 'input' ? 'schema-mismatch' : 'output-invalid',
      `The ${what} does not fit its schema: ${faults.join('; ')}.`,
      address,
    );
  };
}
