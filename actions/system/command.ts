import { ActionFailure, boolean, defineAction, integer, optional, string } from '../kit/index.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Text if it is one, else the bytes. */
const readOutput = (bytes: Uint8Array): string | Uint8Array => {
  try {
    return strict.decode(bytes);
  } catch {
    return bytes;
  }
};

const withoutLastBreak = (output: string | Uint8Array): string | Uint8Array =>
  typeof output === 'string' ? output.replace(/\r?\n$/, '') : output;

export default defineAction({
  id: 'system/command',
  title: 'Command',
  summary: 'Runs a command line on the machine of the engine and gives what it writes.',
  keywords: ['bash', 'cli', 'exec', 'process', 'script', 'shell'],
  documentation: `
It is forbidden unless an administrator sets \`restricted.commands\`, and every use is recorded in the audit trail with the whole command line.
The line goes through the shell (\`/bin/sh -c\`), as the user of the engine, in \`data/files\`. It sees PATH, HOME, LANG and the
variables that \`env.expose\` shows, and no standard input. **Never put data from outside into the line**: a shell takes parts of it for
commands.

The result is the standard output without its last line break, as text where it is valid UTF-8 and as binary data otherwise; standard error
is not in it. A status other than 0 fails. With \`details\` the result is \`{status, stdout, stderr}\`, unchanged, whatever the status; a
status of null means that a signal ended it. What the command started ends with it, also when it takes longer than \`timeout\`, the run or
the engine ends, or it writes more than 10 MB. Only a process that takes a session of its own (\`setsid\`) stays, without anyone who reads
what it writes.`,
  fields: {
    command: string({ label: 'Command line' }),
    timeout: optional(
      integer({ label: 'Timeout', help: 'Milliseconds until it must have ended.', minimum: 1, maximum: 2 ** 31 - 1 }),
      10_000,
    ),
    details: optional(
      boolean({ label: 'Details', help: 'Give status, stdout and stderr, whatever the status.' }),
      false,
    ),
  },
  output: {},
  failures: {
    'command-forbidden': 'The setting `restricted.commands` is off.',
    'command-failed': 'It could not run, or it ended with a status other than 0 and `details` is off.',
    timeout: 'It took longer than `timeout`.',
    'too-large': 'It wrote more than 10 MB.',
  },
  examples: [
    { given: { command: 'echo hello' }, gives: 'hello' },
    { given: { command: 'echo hello', details: true }, gives: { status: 0, stdout: 'hello\n', stderr: '' } },
    { given: { command: 'false', details: true }, gives: { status: 1, stdout: '', stderr: '' } },
    { given: { command: 'false' }, fails: 'command-failed' },
    { given: { command: 'sleep 60', timeout: 5 }, fails: 'timeout' },
    { given: { command: 'yes' }, fails: 'too-large' },
    {
      given: { command: 'shutdown' },
      fails: 'command-forbidden',
      note: 'The setting `restricted.commands` decides about all commands; in these examples some are allowed.',
    },
    { given: { command: ['echo', 'hello'] }, fails: 'input-invalid' },
  ],
  run: async ({ command, timeout, details }, { host, signal, node }) => {
    const { status, stdout, stderr } = await host.command(command, { by: node, timeoutMs: timeout, signal });
    if (details) return { status, stdout: readOutput(stdout), stderr: readOutput(stderr) };
    if (status === 0) return withoutLastBreak(readOutput(stdout));
    const end = status === null ? 'was ended by a signal' : `ended with status ${status}`;
    throw new ActionFailure(
      'command-failed',
      `The command line in \`command\` ${end} and wrote ${stderr.length} bytes to standard error; set \`details\` to look at them`,
    );
  },
});
