import { checkName, readBytes, readDocument } from '../control/document-file.ts';
import { parseSecrets, secretsFile } from '../control/secrets/secrets-file.ts';
import { switchesFile, variablesFile } from '../control/state-files.ts';
import { isVariableName, variableNameRule } from '../control/variables.ts';
import type { CheckContext } from '../document/check-context.ts';
import { checkSwitches } from '../document/check-switches.ts';
import { quote } from '../document/found.ts';
import { parseJsonBytes } from '../document/json-text.ts';
import { Place } from '../document/place.ts';
import { isObject } from '../document/shape.ts';
import type { Fault, Resource, ResourceKind } from '../document/types.ts';

/** Files of a data folder that are no documents, in the order they are checked. */
export const stateFiles = [switchesFile, variablesFile, secretsFile] as const;
type StateFile = (typeof stateFiles)[number];

export const isStateFile = (name: string): name is StateFile => (stateFiles as readonly string[]).includes(name);

/** A document in a folder of its kind: faults of what it holds, and of its name. */
export function checkDocumentFile(
  path: string,
  kind: ResourceKind,
  context: CheckContext,
): { document?: Resource | undefined; faults: Fault[] } {
  const { bytes, problem } = readBytes(path);
  if (bytes === undefined) return { faults: [unreadable(path, problem)] };
  const { document, faults } = readDocument(bytes, kind, path, context);
  return { document, faults: document ? [...faults, ...checkName(path, document)] : faults };
}

/** What is wrong with the switches, the variables or the secrets. Nothing is decrypted. */
export function checkStateFile(path: string, name: StateFile, context: CheckContext): Fault[] {
  if (name === secretsFile) {
    const { bytes, problem } = readBytes(path);
    const fault = bytes === undefined ? `The file ${problem}` : parseSecrets(bytes).problem;
    return fault === undefined ? [] : [{ file: path, pointer: '', message: fault, severity: 'error' }];
  }
  const read = parseFile(path);
  if (read.faults) return read.faults;
  return name === switchesFile ? checkSwitches(read.value, path, context).faults : checkVariables(read.value, path);
}

export function parseFile(path: string): { value: unknown; faults?: never } | { faults: Fault[] } {
  const { bytes, problem } = readBytes(path);
  if (bytes === undefined) return { faults: [unreadable(path, problem)] };
  const parsed = parseJsonBytes(bytes);
  if (parsed.fault === undefined) return { value: parsed.value };
  const { line, column, message } = parsed.fault;
  const text = `Line ${line}, column ${column}: ${message}.`;
  return { faults: [{ file: path, pointer: '', message: text, severity: 'error', line, column }] };
}

export const unreadable = (file: string, problem: string): Fault => ({
  file,
  pointer: '',
  message: `The file ${problem}`,
  severity: 'error',
});

function checkVariables(value: unknown, file: string): Fault[] {
  const faults: Fault[] = [];
  const place = Place.root(file, faults);
  if (!isObject(value)) place.expected('an object of names and values', value);
  else
    for (const name of Object.keys(value).filter((each) => !isVariableName(each)))
      place.at(name).warning(`A name must be ${variableNameRule}, found ${quote(name)}. This variable is left out.`);
  return faults;
}
