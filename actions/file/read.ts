import { defineAction, string } from '../kit/index.ts';

export default defineAction({
  id: 'file/read',
  title: 'Read file',
  summary: 'Reads a file as text.',
  documentation:
    'The path is relative to the folder files/ of the data folder; `logs/…` reads the log files. The text is read as UTF-8: a byte order mark is ' +
    'dropped, and bytes that are not UTF-8 become U+FFFD.',
  fields: { file: string({ label: 'File', help: 'Path below files/ in the data folder.' }) },
  output: { type: 'string' },
  examples: [
    { given: { file: 'greeting.txt' }, gives: 'Hello\n' },
    { given: { file: 'reports/none.csv' }, fails: 'file-failed' },
    { given: { file: '../settings.json' }, fails: 'file-access' },
  ],
  run: async ({ file }, context) => new TextDecoder().decode(await context.host.files.read(file)),
});
