import { ActionFailure, boolean, defineAction, optional, string } from '../kit/index.ts';

const isAbsolute = (path: string): boolean => /^(?:[\\/]|[A-Za-z]:)/.test(path);

export default defineAction({
  id: 'file/delete',
  title: 'Delete file',
  summary: 'Deletes a file or a folder.',
  documentation:
    'The path is relative to the folder files/ of the data folder. A folder that holds something is deleted only with `recursive`. An absolute ' +
    'path is taken only with `allow-absolute-path`, and must lead into that folder all the same. The result is the text ok.',
  fields: {
    file: string({ label: 'File', help: 'Path below files/ in the data folder.' }),
    recursive: optional(boolean({ label: 'Recursive', help: 'Also delete what a folder holds.' }), false),
    'allow-absolute-path': optional(boolean({ label: 'Allow absolute path' }), false),
  },
  output: { const: 'ok' },
  examples: [
    { given: { file: 'greeting.txt' }, gives: 'ok' },
    { given: { file: 'reports', recursive: true }, gives: 'ok' },
    { given: { file: 'reports' }, fails: 'file-failed', note: 'The folder is not empty.' },
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
