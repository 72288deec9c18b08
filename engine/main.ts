#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { actionById, actions as library } from '../actions/index.ts';
import { type Io, surviveReaders } from './cli/io.ts';
import { type Command, parseCommand } from './cli/usage.ts';
import { checkJsonata, checkTemplate } from './compile/jsonata.ts';
import { FileFailure } from './control/atomic-file.ts';
import { ControlFault } from './control/control.ts';
import { DataFolderFault } from './control/data-folder.ts';
import { SettingsStore } from './control/settings-store.ts';
import type { CheckContext } from './document/check-context.ts';
import { SettingsFault } from './settings/fault.ts';

// The command line. Commands load what they need when they are called, so that none pays for the others.

const io: Io = { stdin: process.stdin, stdout: process.stdout, stderr: process.stderr };
const check: CheckContext = { actions: actionById, jsonata: checkJsonata, template: checkTemplate };
const version = (): string =>
  (JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

async function perform(command: Command): Promise<number> {
  switch (command.name) {
    case 'help':
      io.stdout.write(command.text);
      return 0;
    case 'version':
      io.stdout.write(`${version()}\n`);
      return 0;
    case 'wrong-usage':
      io.stderr.write(command.text);
      return 2;
    case 'actions':
      return (await import('./cli/actions.ts')).actions({ ...command, library }, io);
  }
  const { flags } = command;
  const configuration = await SettingsStore.open({
    flags,
    env: process.env,
    file: command.settings,
    cwd: process.cwd(),
  });
  for (const warning of configuration.warnings) io.stderr.write(`sluice: ${warning}\n`);
  const settings = configuration.current;
  switch (command.name) {
    case 'start':
      return (await import('./cli/start.ts')).start({ configuration, version: version(), library, check, io });
    case 'check':
      return (await import('./cli/check.ts')).check(
        { files: command.files, dataDir: settings.dataDir, context: check },
        io,
      );
    case 'run':
      return (await import('./cli/run.ts')).run({ ...command, version: version(), settings, library, check, io });
    case 'import':
      return (await import('./cli/import.ts')).importFile(
        { ...command, dataDir: settings.dataDir, context: check },
        io,
      );
    case 'export':
      return (await import('./cli/export.ts')).exportTo({ ...command, dataDir: settings.dataDir, context: check }, io);
    case 'secrets':
      return (await import('./cli/secrets.ts')).secrets({ ...command, settings, context: check, env: process.env }, io);
    case 'variables':
      return (await import('./cli/variables.ts')).variables(
        { ...command, dataDir: settings.dataDir, context: check },
        io,
      );
    case 'logs':
      return (await import('./cli/logs.ts')).logs({ ...command, dataDir: settings.dataDir }, io);
    case 'runs':
      return (await import('./cli/runs.ts')).runs({ ...command, dataDir: settings.dataDir }, io);
    case 'audit':
      return (await import('./cli/audit.ts')).audit({ ...command, dataDir: settings.dataDir }, io);
  }
}

// What an administrator can mend is one line; anything else is ours and shows where it happened.
const known = [SettingsFault, DataFolderFault, FileFailure, ControlFault];
const output = surviveReaders(io);
try {
  const command = parseCommand(process.argv.slice(2));
  const code = await perform(command);
  // An engine has done its work whether or not somebody took the copy of its log.
  process.exitCode = output.isLost() && command.name !== 'start' ? 1 : code;
  // What nobody takes from standard output must not keep it alive.
  if (command.name === 'start') process.exit();
} catch (thrown) {
  const { message, stack = String(thrown) } = thrown as Error;
  io.stderr.write(`sluice: ${known.some((kind) => thrown instanceof kind) ? message : stack}\n`);
  process.exitCode = thrown instanceof SettingsFault && thrown.isUsage ? 2 : 1;
}
