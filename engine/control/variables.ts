import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { quote } from '../document/found.ts';
import { hashJson } from '../document/hash.ts';
import { didYouMean } from '../document/nearest.ts';
import type { Fault, Json } from '../document/types.ts';
import { FileFailure } from './atomic-file.ts';
import { ControlFault } from './control.ts';
import { digestOf, noteDigest } from './known-contents.ts';
import { type Precondition, precondition } from './project/refusals.ts';
import { replaceFiles } from './project/replace-files.ts';
import { readVariables, variablesFile } from './state-files.ts';

export type VariableValues = { [name: string]: Json };

/**
 * Writes other variables to their file as one change of the project: asks for them when it is the change's turn, and hands
 * them back with `adopt`.
 */
export type CommitVariables = (next: () => VariableValues, by: string) => Promise<unknown>;

export interface VariablesOptions {
  dataDir: string;
  /** Hears of what is not in order with the file, when it is read. */
  report?: (fault: Fault) => void;
}

/** Who changes a variable, and what must hold of its current value. */
export interface VariableAuthor {
  by: string;
  when?: Precondition;
}

/** What a name may be, in words. */
export const variableNameRule = 'letters, digits, "_", "-" and ".", 1 to 128 of them, and not ".", ".." or "__proto__"';
export const isVariableName = (name: string): boolean =>
  /^[A-Za-z0-9_.-]{1,128}$/.test(name) && !['.', '..', '__proto__'].includes(name);

/** The version of a value, for If-Match. */
export const variableVersion = (value: Json): string => hashJson(value);

/** The project's variables, which workflows read as the scope `global`: any JSON by name, in variables.json. */
export class Variables {
  private readonly listeners: (() => void | Promise<void>)[] = [];
  private values: VariableValues = {};
  /** What whoever listens knows of. */
  private told = '';
  private found: Fault[] = [];
  private turn: Promise<unknown> = Promise.resolve();
  private commit: CommitVariables = (next) => this.writeAlone(next());

  private constructor(private readonly options: VariablesOptions) {}

  /** Opens the variables of a data folder. A damaged file is reported, left as it is, and its last good version taken. */
  static open(options: VariablesOptions): Variables {
    const variables = new Variables(options);
    variables.noteFile();
    variables.read();
    variables.told = JSON.stringify(variables.values);
    return variables;
  }

  /** Lets changes be part of the project's history. Without it the file is written, and that is all. */
  employ(commit: CommitVariables): void {
    this.commit = commit;
  }

  /** What is not in order with the file. */
  get faults(): readonly Fault[] {
    return this.found;
  }

  /** Every value by name. Not to be changed. */
  all(): VariableValues {
    return this.values;
  }

  /** undefined when there is none; null is a value. */
  get(name: string): Json | undefined {
    return valueIn(this.values, name);
  }

  /** Calls back after the file was read again or written alone; a change is answered when what was called is done. */
  onChange(listener: () => void | Promise<void>): void {
    this.listeners.push(listener);
  }

  /**
   * Sets one; on disk and in force when it resolves. Answers whether the name is new.
   * @throws ControlFault 400 for a name that cannot be, 412 when the value is not the expected one, or why it cannot be
   * stored
   */
  async set(name: string, value: Json, author: VariableAuthor): Promise<'created' | 'changed'> {
    checkName(name);
    let isNew = false;
    await this.change(author, (current) => {
      const before = valueIn(current, name);
      refuseUnexpected(name, before, author);
      isNew = before === undefined;
      return { ...current, [name]: value };
    });
    return isNew ? 'created' : 'changed';
  }

  /** Removes one. @throws ControlFault 404 when there is none of that name, 412, or why it cannot be stored */
  remove(name: string, author: VariableAuthor): Promise<void> {
    return this.change(author, (current) => {
      const before = valueIn(current, name);
      refuseUnexpected(name, before, author);
      if (before === undefined) throw unknownVariable(name, current);
      const { [name]: _, ...others } = current;
      return others;
    });
  }

  /** Puts other variables in place of all. @throws ControlFault 400 for a name that cannot be, or why they cannot be stored */
  async replace(values: VariableValues, author: VariableAuthor): Promise<void> {
    for (const name of Object.keys(values)) checkName(name);
    await this.change(author, () => ({ ...values }));
  }

  /** They were written to their file as part of a change of the project; whoever made it puts them in force. */
  adopt(values: VariableValues): void {
    this.values = usable(values);
    this.told = JSON.stringify(this.values);
    this.found = [];
  }

  /** Reads the file again, after somebody else wrote it. Answers whether that changed anything. */
  reload(): Promise<boolean> {
    return this.inTurn(async () => {
      this.noteFile();
      this.read();
      if (JSON.stringify(this.values) === this.told) return false;
      await this.tell();
      return true;
    });
  }

  private change({ by }: VariableAuthor, next: (current: VariableValues) => VariableValues): Promise<void> {
    return this.inTurn(async () => {
      await this.commit(() => next(this.latest()), by);
    });
  }

  private read(): void {
    const { dataDir, report = () => {} } = this.options;
    const known = new Set(this.found.map(({ message }) => message));
    this.found = [];
    const values = readVariables(dataDir, (fault) => this.found.push(fault));
    for (const name of Object.keys(values).filter((each) => !isVariableName(each))) {
      const message = `A name must be ${variableNameRule}, found ${quote(name)}. This variable is left out.`;
      this.found.push({ file: variablesFile, pointer: '', message, severity: 'warning' });
    }
    for (const fault of this.found) if (!known.has(fault.message)) report(fault);
    // What is in force already is at least as good as the last good version on disk.
    const isDamaged = this.found.some(({ severity }) => severity === 'error');
    if (!isDamaged || this.told === '') this.values = usable(values);
  }

  /** The values of the file as it is now, or those in force if it is damaged: an edit by hand is not lost to a change here. */
  private latest(): VariableValues {
    if (existsSync(this.path)) this.read();
    return this.values;
  }

  private async writeAlone(after: VariableValues): Promise<void> {
    const text = `${JSON.stringify(after, null, 2)}\n`;
    await replaceFiles(this.options.dataDir, new Map([[variablesFile, text]]));
    this.adopt(after);
    await this.tell();
  }

  private async tell(): Promise<void> {
    this.told = JSON.stringify(this.values);
    for (const listener of this.listeners) await listener();
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const result = this.turn.then(change).catch((thrown: unknown) => {
      throw thrown instanceof FileFailure ? new ControlFault(thrown.status, thrown.message) : thrown;
    });
    this.turn = result.catch(() => {});
    return result;
  }

  private get path(): string {
    return join(this.options.dataDir, variablesFile);
  }

  /** So that whoever watches the files can tell what is known from what is news. */
  private noteFile(): void {
    try {
      noteDigest(this.path, digestOf(readFileSync(this.path)));
    } catch {
      noteDigest(this.path, undefined);
    }
  }
}

/** 404 with the nearest name. */
export const unknownVariable = (name: string, values: VariableValues): ControlFault =>
  new ControlFault(404, `There is no variable ${quote(name)}.${didYouMean(name, Object.keys(values))}`);

/** @throws ControlFault 412 when a value is not the one that its author expects */
const refuseUnexpected = (name: string, before: Json | undefined, { when = {} }: VariableAuthor): void =>
  precondition(when, before === undefined ? null : variableVersion(before), `The variable ${quote(name)}`);

const valueIn = (values: VariableValues, name: string): Json | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

const usable = (values: VariableValues): VariableValues =>
  Object.fromEntries(Object.entries(values).filter(([name]) => isVariableName(name)));

function checkName(name: string): void {
  if (!isVariableName(name))
    throw new ControlFault(400, `"name" must be ${variableNameRule}, found ${quote(name)}.`, 'name');
}
