import { any, defineAction, optional, string } from '../kit/index.ts';

export default defineAction({
  id: 'system/get-os-variable',
  title: 'Get environment variable',
  summary: 'Gives an environment variable of the engine.',
  keywords: ['env', 'getenv'],
  documentation: `
Only variables that the setting \`env.expose\` names can be read, those that begin with \`APP_\` unless it says otherwise; any other is as if it
were not set, so that no workflow can look for passwords in the environment. One that is not set gives \`default\`, or null without one; one that is
set to nothing gives an empty text. The scope \`env\` holds the same variables.`,
  fields: {
    name: string({ label: 'Name', help: 'Upper and lower case count.' }),
    default: optional(any({ label: 'Default', help: 'For a variable that is not set or not exposed.' })),
  },
  output: {},
  examples: [
    { given: { name: 'STAGE' }, gives: 'test' },
    { given: { name: 'stage', default: 'local' }, gives: 'local' },
    { given: { name: 'PATH' }, gives: null, note: 'It is set, but not exposed.' },
    { given: { name: null }, fails: 'input-invalid' },
  ],
  run: ({ name, default: otherwise }, { host }) => host.environment(name) ?? otherwise ?? null,
});
