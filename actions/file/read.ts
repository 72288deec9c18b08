import { defineAction, oneOf, optional, string } from '../kit/index.ts';

export default defineAction({
  id: 'file/read',
  title: 'Read file',
  summary: 'Reads a file as text, or as binary data.',
  documentation:
    'The path is relative to the folder files/ of the data folder; `logs/…` reads the log files. The text is read as UTF-8: a byte order mark is ' +
    'dropped, and bytes that are not UTF-8 become U+FFFD. Binary data is what an HTTP answer needs that sends an image or an archive.',
  fields: {
    file: string({ label: 'File', help: 'Path below files/ in the data folder.' }),
    encoding: optional(oneOf(['utf-8', 'binary'], { label: 'Encoding' }), 'utf-8'),
  },
  output: {},
  examples: [
    { given: { file: 'greeting.txt' }, gives: 'Hello\n' },
    { given: { file: 'greeting.txt', encoding: 'binary' }, gives: new TextEncoder().encode('Hello\n') },
    { given: { file: 'reports/none.csv' }, fails: 'file-failed' },
    { given: { file: '../settings.json' }, fails: 'file-access' },
  ],
  run: async ({ file, encoding }, context) => {
    const bytes = await context.host.files.read(file);
    if (encoding === 'binary') return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    return new TextDecoder().decode(bytes);
  },
});
