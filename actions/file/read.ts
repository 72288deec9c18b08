import { defineAction, oneOf, optional } from '../kit/index.ts';
import { filePath } from '../support/file-path.ts';

export default defineAction({
  id: 'file/read',
  title: 'Read file',
  summary: 'Reads a file as text, or as binary data.',
  keywords: ['load', 'open'],
  documentation: `
The path is relative to the folder files/ of the data folder; \`logs/…\` reads the log files. The text is read as UTF-8:
a byte order mark is dropped, and bytes that are not UTF-8 become U+FFFD. Binary data is what an HTTP answer needs that
sends an image or an archive, and what a text in another encoding is decoded from. A file of more than 100 MB is not
read.`,
  fields: {
    file: filePath({ label: 'File' }),
    encoding: optional(oneOf(['utf-8', 'binary'], { label: 'Encoding', help: 'binary gives the bytes.' }), 'utf-8'),
  },
  output: {},
  failures: {
    'file-access': 'The path leads out of files/ and logs/, also by a link.',
    'file-failed': 'The path does not exist or is no file, has more than 100 MB, or the file system refused.',
  },
  examples: [
    { given: { file: 'greeting.txt' }, gives: 'Hello\n' },
    { given: { file: 'greeting.txt', encoding: 'binary' }, gives: new TextEncoder().encode('Hello\n') },
    { given: { file: 'greeting.txt', encoding: 'latin1' }, fails: 'input-invalid' },
    { given: { file: 'reports/none.csv' }, fails: 'file-failed' },
    { given: { file: '../settings.json' }, fails: 'file-access' },
  ],
  run: async ({ file, encoding }, context) => {
    const bytes = await context.host.files.read(file);
    if (encoding === 'binary') return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    return new TextDecoder().decode(bytes);
  },
});
