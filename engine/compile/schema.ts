import type { Ajv } from 'ajv';
import type { Json } from '../document/types.ts';
import { RunFailure } from '../run/failure.ts';

/** Throws schema-mismatch (input) or output-invalid (output), naming every place that does not fit. */
export type CheckData = (data: unknown) => void;

let shared: Ajv | null = null;

/** Loads the validator once; projects without schemas never pay for it. */
export async function loadValidator(): Promise<void> {
  if (shared !== null) return;
  const [{ Ajv2020 }, formats] = await Promise.all([import('ajv/dist/2020.js'), import('ajv-formats')]);
  shared = new Ajv2020({ strict: false, allErrors: true, validateFormats: true }) as unknown as Ajv;
  formats.default.default(shared);
}

/**
 * Compiles a JSON Schema (2020-12) of a service operation. `loadValidator` must have been awaited.
 * @throws RunFailure document-invalid when it is not a schema
 */
export function compileSchema(schema: Json, what: 'input' | 'output', address: string): CheckData {
  const ajv = shared as Ajv;
  let validate: ReturnType<Ajv['compile']>;
  try {
    validate = ajv.compile(schema as object | boolean);
  } catch (thrown) {
    throw new RunFailure(
      'document-invalid',
      `The ${what} schema of ${address} cannot be used: ${(thrown as Error).message}.`,
      address,
    );
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
