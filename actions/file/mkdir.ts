import { defineAction, string } from '../kit/index.ts';

export default defineAction({
  id: 'file/mkdir',
  title: 'Create folder',
  summary: 'Creates a folder.',
  documentation:
    'The path is relative to the folder files/ of the data folder. Missing folders above it are created too; a folder that exists ' +
    'already stays as it is. The result is the text ok.',
  fields: { path: string({ label: 'Path', help: 'Path below files/ in the data folder.' }) },
  output: { const: 'ok' },
  examples: [
    { given: { path: 'reports/2026/november' }, gives: 'ok' },
    { given: { path: 'reports' }, gives: 'ok', note: 'It is there already.' },
    { given: { path: 'greeting.txt' }, fails: 'file-failed', note: 'A file has that name.' },
  ],
  run: async ({ path }, context) => {
    await context.host.files.makeDirectory(path);
    return 'ok';
  },
});
