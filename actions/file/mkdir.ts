import { defineAction } from '../kit/index.ts';
import { filePath } from '../support/file-path.ts';

export default defineAction({
  id: 'file/mkdir',
  title: 'Create folder',
  summary: 'Creates a folder.',
  keywords: ['directory'],
  documentation: `
The path is relative to the folder files/ of the data folder. Missing folders above it are created too; a folder that
exists already stays as it is. file/write and file/append need no folder made beforehand. The result is the text ok.`,
  fields: { path: filePath({ label: 'Path' }) },
  output: { const: 'ok' },
  failures: {
    'file-access': 'The path leads out of files/, also by a link, or to the logs, which can only be read.',
    'file-failed': 'A file has the name of a folder of the path, or the file system refused.',
  },
  examples: [
    { given: { path: 'reports/2026/november' }, gives: 'ok' },
    { given: { path: 'reports' }, gives: 'ok', note: 'It is there already.' },
    { given: { path: 'greeting.txt' }, fails: 'file-failed', note: 'A file has that name.' },
    { given: { path: ['reports'] }, fails: 'input-invalid' },
    { given: { path: 'logs/old' }, fails: 'file-access' },
  ],
  run: async ({ path }, context) => {
    await context.host.files.makeDirectory(path);
    return 'ok';
  },
});
