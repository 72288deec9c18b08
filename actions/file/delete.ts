import { ActionFailure, boolean, defineAction, optional } from '../kit/index.ts';
import { filePath } from '../support/file-path.ts';

const isAbsolute = (path: string): boolean => /^(?:[\\/]|[A-Za-z]:)/.test(path);

export default defineAction({
  id: 'file/delete',
  title: 'Delete file',
  summary: 'Deletes a file or a folder.',
  keywords: ['remove', 'rm', 'unlink'],
  documentation: `
The path is relative to the folder files/ of the data folder. A folder that holds something is deleted only with
\`recursive\`. An absolute path is taken only with \`allow-absolute-path\`, and must lead into that folder all the same.
Of a link only the link goes, never what it leads to. What is not there fails; conditional/try is for where that does
not matter. The result is the text ok.`,
  fields: {
    file: filePath({ label: 'File' }),
    recursive: optional(boolean({ label: 'Recursive', help: 'Also delete what a folder holds.' }), false),
    'allow-absolute-path': optional(
      boolean({ label: 'Allow absolute path', help: 'One that lies below files/.' }),
      false,
    ),
  },
  output: { const: 'ok' },
  failures: {
    'file-access':
      'The path leads out of files/, to the logs, is files/ itself, or is absolute without `allow-absolute-path`.',
    'file-failed': 'The path does not exist, is a folder that is not empty, or the file system refused.',
  },
  examples: [
    { given: { file: 'greeting.txt' }, gives: 'ok' },
    { given: { file: 'reports', recursive: true }, gives: 'ok' },
    { given: { file: 'reports' }, fails: 'file-failed', note: 'The folder is not empty.' },
    { given: { file: ['a.txt'] }, fails: 'input-invalid', note: 'One path at a time.' },
    { given: { file: 'none.txt' }, fails: 'file-failed' },
    { given: { file: '/etc/hostname' }, fails: 'file-access' },
    {
      given: { file: '/etc/hostname', 'allow-absolute-path': true },
      fails: 'file-access',
      note: 'Outside of the data folder.',
    },
  ],
  run: async ({ file, recursive, 'allow-absolute-path': allowAbsolute }, context) => {
    if (isAbsolute(file) && !allowAbsolute) {
      throw new ActionFailure(
        'file-access',
        '`file` is an absolute path; set `allow-absolute-path`, or give a path relative to files/',
      );
    }
    await context.host.files.remove(file, recursive);
    return 'ok';
  },
});
