import { bytes, defineAction } from '../kit/index.ts';
import { filePath } from '../support/file-path.ts';

export default defineAction({
  id: 'file/write',
  title: 'Write file',
  summary: 'Writes a file and replaces what was there.',
  keywords: ['create', 'overwrite', 'save', 'store'],
  documentation: `
The path is relative to the folder files/ of the data folder. The file and missing folders above it are created. Whoever
reads meanwhile sees the old file or the new one, never a part, and a full disk leaves the old one. Text is written as
UTF-8, binary data as it is; make a text of anything else first, for example with data/json/encode. The result is the
text ok. What an HTTP answer brings can be streamed into a file by \`save-to\` of http/request.`,
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
    await context.host.files.write(file, content);
    return 'ok';
  },
});
