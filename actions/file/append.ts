import { bytes, defineAction, string } from '../kit/index.ts';

export default defineAction({
  id: 'file/append',
  title: 'Append to file',
  summary: 'Adds to the end of a file.',
  documentation:
    'The path is relative to the folder files/ of the data folder. A file that does not exist is created, with missing folders above it. Text is written as ' +
    'UTF-8, binary data as it is; make a text of anything else first, for example with data/json/encode. The result is the text ok.',
  fields: {
    content: bytes({ label: 'Content', help: 'A text or binary data.' }),
    file: string({ label: 'File', help: 'Path below files/ in the data folder.' }),
  },
  output: { const: 'ok' },
  examples: [
    { given: { content: 'Hello', file: 'notes/first.txt' }, gives: 'ok' },
    { given: { content: { a: 1 }, file: 'notes/first.txt' }, fails: 'input-invalid' },
    { given: { content: 'Hello', file: 'logs/user.log' }, fails: 'file-access', note: 'Log files can only be read.' },
  ],
  run: async ({ content, file }, context) => {
    await context.host.files.append(file, content);
    return 'ok';
  },
});
