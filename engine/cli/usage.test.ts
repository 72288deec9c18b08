import { describe, expect, it } from 'vitest';
import { parseCommand } from './usage.ts';

const common = { settings: undefined, flags: {} };
const noFilter = { from: undefined, to: undefined, level: undefined, file: undefined, follow: false, json: false };

describe('parseCommand', () => {
  it.each<[string, object]>([
    ['', { name: 'start', ...common }],
    ['start', { name: 'start', ...common }],
    ['--port 5000', { name: 'start', settings: undefined, flags: { port: '5000' } }],
    [
      'start --data d --host=::1 --port=0 --settings s.json',
      { name: 'start', settings: 's.json', flags: { data: 'd', host: '::1', port: '0' } },
    ],
    ['check', { name: 'check', files: [], ...common }],
    [
      'check a.json b.json --data d',
      { name: 'check', files: ['a.json', 'b.json'], settings: undefined, flags: { data: 'd' } },
    ],
    ['run service/tools/echo', { name: 'run', address: 'service/tools/echo', input: undefined, ...common }],
    [
      'run --input {"a":1} service/tools/echo',
      { name: 'run', address: 'service/tools/echo', input: '{"a":1}', ...common },
    ],
    ['run service/tools/echo --input -', { name: 'run', address: 'service/tools/echo', input: '-', ...common }],
    [
      'run service/tools/echo --input @in.json',
      { name: 'run', address: 'service/tools/echo', input: '@in.json', ...common },
    ],
    ['logs', { name: 'logs', query: '', ...noFilter, ...common }],
    [
      'logs hello world --follow --json --level warning --file usage --from 2h --to 1h',
      {
        name: 'logs',
        query: 'hello world',
        from: '2h',
        to: '1h',
        level: 'warning',
        file: 'usage',
        follow: true,
        json: true,
        ...common,
      },
    ],
    ['logs -- -not', { name: 'logs', query: '-not', ...noFilter, ...common }],
    [
      'runs state:failed --state failed --from 2026-11-21 --limit 5 --json',
      {
        name: 'runs',
        query: 'state:failed',
        state: 'failed',
        from: '2026-11-21',
        to: undefined,
        limit: '5',
        json: true,
        ...common,
      },
    ],
    ['audit', { name: 'audit', verify: false, from: undefined, to: undefined, ...common }],
    ['audit verify', { name: 'audit', verify: true, from: undefined, to: undefined, ...common }],
    ['audit --from 2h --to 1h', { name: 'audit', verify: false, from: '2h', to: '1h', ...common }],
    ['logs -5', { name: 'logs', query: '-5', ...noFilter, ...common }],
    ...['-5', '-0.25', '-1.5e-3'].map<[string, object]>((value) => [
      `variables set n ${value} --data d`,
      {
        name: 'variables',
        verb: 'set',
        variable: 'n',
        value,
        json: false,
        settings: undefined,
        flags: { data: 'd' },
      },
    ]),
    ['start --data -5', { name: 'start', settings: undefined, flags: { data: '-5' } }],
    ['actions', { name: 'actions', words: [], json: false, ...common }],
    ['actions string/join --json', { name: 'actions', words: ['string/join'], json: true, ...common }],
    ['actions time zone', { name: 'actions', words: ['time', 'zone'], json: false, ...common }],
    ['--version', { name: 'version' }],
    ['-v', { name: 'version' }],
  ])('%s', (line, command) => {
    expect(parseCommand(line === '' ? [] : line.split(' '))).toEqual(command);
  });

  it.each<[string, string]>([
    ['chek', 'There is no command "chek". Did you mean "check"?'],
    ['serve', 'There is no command "serve".'],
    ['help chek', 'There is no command "chek". Did you mean "check"?'],
    ['audit verfy', 'sluice audit: There is no "verfy" here. Did you mean "verify"?'],
    ['audit trail', 'sluice audit: There is no "trail" here. Allowed are verify.'],
    ['start now', 'sluice start: There is one argument too many: "now".'],
    ['--data d check', 'sluice start: There is one argument too many: "check". The command comes before its options.'],
    ['start --prot 1', 'sluice start: There is no option "--prot". Did you mean "--port"?'],
    ['check --port 1', 'sluice check: There is no option "--port".'],
    ['logs -not', 'sluice logs: There is no option "-n". For a text that begins with "-", put "--" before it.'],
    ['variables set n -5x', 'sluice variables: There is no option "-5".'],
    ['start --port', 'sluice start: The option "--port" needs a value: N.'],
    ['start --port 1 --port 2', 'sluice start: The option "--port" is there twice. Leave out one.'],
    ['run', 'sluice run: ADDRESS is missing.'],
    ['export a', 'sluice export: There is one argument too many: "a".'],
    ['actions --json=yes', 'sluice actions: The option "--json" takes no value, found "yes".'],
    ['logs --level warn', 'sluice logs: The option "--level" must be debug, info, warning or error, found "warn".'],
    ['runs --state done', 'The option "--state" must be running, succeeded, failed, cancelled or interrupted'],
    ['start --__proto__ 1', 'sluice start: There is no option "--__proto__".'],
  ])('%s is wrong usage', (line, message) => {
    const command = parseCommand(line.split(' '));
    expect(command).toMatchObject({ name: 'wrong-usage', text: expect.stringContaining(message) });
    expect(command).toMatchObject({ text: expect.stringContaining('\n\nUsage: sluice ') });
  });

  it('says in the help of check what becomes of drafts', () => {
    expect(parseCommand(['check', '--help'])).toMatchObject({ text: expect.stringMatching(/Drafts .*"draft:"/) });
  });

  it('shows help for all commands, or for one', () => {
    for (const line of ['--help', '-h', 'help']) {
      expect(parseCommand([line])).toMatchObject({
        name: 'help',
        text: expect.stringMatching(/^Usage: sluice \[COMMAND\][\s\S]* {2}check \[FILE…\]/),
      });
    }
    for (const argv of [
      ['logs', '--help'],
      ['logs', '-h'],
      ['help', 'logs'],
      ['logs', 'x', '--level', 'error', '--help'],
    ]) {
      expect(parseCommand(argv)).toMatchObject({
        name: 'help',
        text: expect.stringMatching(/^Usage: sluice logs \[QUERY\][\s\S]*--file user\|usage {2}one of the two files\n/),
      });
    }
  });
});
