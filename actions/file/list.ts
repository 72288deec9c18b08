import { ActionFailure, array, boolean, defineAction, describeValue, optional } from '../kit/index.ts';
import { filePath } from '../support/file-path.ts';

const extensionsOf = (list: readonly unknown[], field: string): string[] =>
  list.map((item) => {
    if (typeof item === 'string') return `.${item.replace(/^\./, '').toLowerCase()}`;
    throw new ActionFailure(
      'input-invalid',
      `\`${field}\` must be an array of texts such as "csv", found ${describeValue(item)} in it`,
    );
  });

export default defineAction({
  id: 'file/list',
  title: 'List folder',
  summary: 'Lists the files and folders in a folder.',
  keywords: ['dir', 'directory', 'glob', 'ls'],
  documentation: `
The path is relative to the folder files/ of the data folder; \`.\` is that folder, \`logs\` the one with the log files.
Names are sorted by their UTF-16 code units; what folders inside hold is not listed. An extension is given with or
without its dot, in either case. With \`included-extensions\` only files with one of them are listed, and
\`excluded-extensions\` does not count. Otherwise files with an excluded one are left out, and folders are listed.`,
  fields: {
    path: filePath({ label: 'Path' }),
    'return-absolute-path': optional(boolean({ label: 'Return absolute paths', help: 'In place of names.' }), false),
    'included-extensions': optional(
      array({ label: 'Included extensions', help: 'Only these, such as csv.', items: { type: 'string' } }),
      [],
    ),
    'excluded-extensions': optional(
      array({ label: 'Excluded extensions', help: 'All but these.', items: { type: 'string' } }),
      [],
    ),
  },
  output: { type: 'array', items: { type: 'string' } },
  failures: {
    'file-access': 'The path leads out of files/ and logs/.',
    'file-failed': 'The path does not exist or is no folder, or the file system refused.',
  },
  examples: [
    { given: { path: '.' }, gives: ['greeting.txt', 'reports'] },
    { given: { path: 'reports' }, gives: ['a.csv', 'b.CSV', 'b.txt', 'old'] },
    {
      given: { path: 'reports', 'included-extensions': ['csv'], 'excluded-extensions': ['csv'] },
      gives: ['a.csv', 'b.CSV'],
    },
    { given: { path: 'reports', 'excluded-extensions': ['.csv'] }, gives: ['b.txt', 'old'] },
    { given: { path: 'reports', 'included-extensions': [1] }, fails: 'input-invalid' },
    { given: { path: 'none' }, fails: 'file-failed' },
    { given: { path: '..' }, fails: 'file-access' },
  ],
  run: async (input, context) => {
    const included = extensionsOf(input['included-extensions'], 'included-extensions');
    const excluded = extensionsOf(input['excluded-extensions'], 'excluded-extensions');
    const hasOneOf = (name: string, extensions: string[]): boolean =>
      extensions.some((extension) => name.length > extension.length && name.toLowerCase().endsWith(extension));
    const entries = await context.host.files.list(input.path);
    return entries
      .filter(({ name, directory }) =>
        included.length > 0 ? !directory && hasOneOf(name, included) : directory || !hasOneOf(name, excluded),
      )
      .map(({ name, absolute }) => (input['return-absolute-path'] ? absolute : name))
      .sort();
  },
});
