import { bytes, defineAction } from '../kit/index.ts';
import { filePath } from '../support/file-path.ts';

export default defineAction({
  id: 'file/append',
  title: 'Append to file',
  summary: 'Adds to the end of a file.',
  documentation: `
The path is relative to the folder files/ of the data folder. A file that does not exist is created, with missing
folders above it. Text is written as UTF-8 without a line break of its own, binary data as it is; make a text of
anything else first, for example with data/json/encode. The result is the text ok.`,
  fields: {
    content: bytes({ label: 'Content', help: 'A text or binary data.' }),
    file: filePath({ label: 'File' }),
  },
  output: { const: 'ok' },
  failures: {
    'file-access': 'The path leads out of files/, also by a link, or to the logs, which can only be read.',
    'file-failed': 'The path is a folder, or the file system refused: no space, no permission.',
  },
  examples: [
    { given: { content: 'Hello', file: 'notes/first.txt' }, gives: 'ok' },
    { given: { content: 'Hello', file: 'reports' }, fails: 'file-failed', note: 'It is a folder.' },
    { given: { content: { a: 1 }, file: 'notes/first.txt' }, fails: 'input-invalid' },
    { given: { content: 'Hello', file: 'logs/user.log' }, fails: 'file-access', note: 'Log files can only be read.' },
  ],
  run: async ({ content, file }, context) => {
    await context.host.files.append(file, content);
    return 'ok';
  },
});
