import { existsSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { checkSwitches } from '../document/check-switches.ts';
import { found } from '../document/found.ts';
import { parseJsonBytes } from '../document/json-text.ts';
import { isObject } from '../document/shape.ts';
import type { Fault, Json, Switches } from '../document/types.ts';
import { writeFileAtomically } from './atomic-file.ts';
import { readBytes } from './document-file.ts';
import { lastGood, rememberGood, setAside } from './kept-copies.ts';
import { digestOf, knownDigest, noteDigest } from './known-contents.ts';

/** Their names in the data folder. */
export const switchesFile = 'switches.json';
export const variablesFile = 'variables.json';

/** Hears of a file that is not in order; what was done about it is part of the message. */
export type Report = (fault: Fault) => void;

/**
 * The switches set while running. A damaged file is moved to `.set-aside/` and reported, and no switch is set; of a file
 * with odd entries the others are taken, and a copy is kept aside.
 */
export function readSwitches(dataDir: string, report: Report = () => {}): Switches {
  const path = join(dataDir, switchesFile);
  if (!existsSync(path)) return {};
  const { data, bytes, problem } = readJson(path);
  noteDigest(path, bytes && digestOf(bytes));
  if (problem !== undefined) {
    const aside = moveAside(dataDir, switchesFile);
    report(fault(switchesFile, `${problem} ${aside} No switch is set until someone sets one.`));
    return {};
  }
  const { switches, faults } = checkSwitches(data, switchesFile);
  if (faults.length > 0) setAsideQuietly(dataDir, switchesFile);
  for (const each of faults) report(each);
  return switches;
}

/**
 * The switches after somebody else changed the file; undefined when nobody did, or when it is damaged: it may be half
 * written. It is left as it is, and a copy is kept aside.
 */
export function rereadSwitches(dataDir: string, report: Report): Switches | undefined {
  const path = join(dataDir, switchesFile);
  if (!existsSync(path)) return noteDigest(path, undefined) === undefined ? undefined : {};
  const { data, bytes, problem } = readJson(path);
  if (problem !== undefined) {
    setAsideQuietly(dataDir, switchesFile);
    report(fault(switchesFile, `${problem} The switches stay as they were until the file is repaired.`));
    return undefined;
  }
  const digest = digestOf(bytes);
  if (noteDigest(path, digest) === digest) return undefined;
  const { switches, faults } = checkSwitches(data, switchesFile);
  for (const each of faults) report(each);
  return switches;
}

/**
 * Stores the switches; on disk when it resolves.
 * @throws FileFailure
 */
export async function saveSwitches(dataDir: string, switches: Switches): Promise<void> {
  const path = join(dataDir, switchesFile);
  const text = `${JSON.stringify(switches, null, 2)}\n`;
  const before = knownDigest(path);
  noteDigest(path, digestOf(text));
  try {
    await writeFileAtomically(path, text);
  } catch (thrown) {
    noteDigest(path, before);
    throw thrown;
  }
}

/**
 * The project's variables by name: an object of any JSON. A damaged file is reported and left as it is; the last good
 * version is taken.
 */
export function readVariables(dataDir: string, report: Report = () => {}): { [name: string]: Json } {
  const path = join(dataDir, variablesFile);
  if (!existsSync(path)) return {};
  const { data, bytes, problem } = readJson(path);
  if (problem === undefined && isObject(data)) {
    if (!lastGood(dataDir, variablesFile)?.equals(bytes)) rememberGood(dataDir, variablesFile, bytes);
    return data as { [name: string]: Json };
  }
  const what = problem ?? `The document must be an object of names and values, found ${found(data)}.`;
  const former = lastGood(dataDir, variablesFile);
  const served = former
    ? 'The last good version is in force until the file is repaired.'
    : 'No variable is set until it is repaired.';
  report(fault(variablesFile, `${what} ${served}`));
  return former ? (JSON.parse(former.toString('utf8')) as { [name: string]: Json }) : {};
}

const fault = (file: string, message: string): Fault => ({ file, pointer: '', message, severity: 'error' });

function readJson(
  path: string,
): { data: Json; bytes: Buffer; problem?: never } | { problem: string; data?: never; bytes?: never } {
  const { bytes, problem } = readBytes(path);
  if (bytes === undefined) return { problem: `The file ${problem}` };
  const parsed = parseJsonBytes(bytes);
  if (parsed.fault === undefined) return { data: parsed.value, bytes };
  const { line, column, message } = parsed.fault;
  return { problem: `Line ${line}, column ${column}: ${message}.` };
}

function moveAside(dataDir: string, file: string): string {
  try {
    const copy = setAside(dataDir, file);
    unlinkSync(join(dataDir, file));
    return `The file was moved to ${copy}.`;
  } catch {
    return 'The file could not be moved away and is left as it is.';
  }
}

function setAsideQuietly(dataDir: string, file: string): void {
  try {
    setAside(dataDir, file);
  } catch {
    // The entries are reported; the copy is only a convenience.
  }
}
