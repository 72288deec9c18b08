import type { ActionDefinition, Example } from '../kit/index.ts';
import { showValue } from './show-value.ts';
import { byCategory, type FieldRow, failuresOf, fieldRows, typeOfSchema } from './words.ts';

const lineWidth = 100;

/** Where an action's page lies below docs/actions. */
export const pathOf = (id: string): string => `${id}.md`;

/** The page of one action. */
export const markdownPage = (action: ActionDefinition): string => {
  const { id, title, summary, documentation = '', fields, output, examples } = action;
  const rows = fieldRows(fields);
  const failures = failuresOf(action);
  const up = '../'.repeat(id.split('/').length - 1);
  return sections(
    `# ${title}`,
    `\`${id}\` · ${summary}`,
    documentation.trim(),
    '## Fields',
    rows.length === 0 ? 'None.' : table(['Field', 'Type', 'Needed', 'Meaning'], rows.map(fieldCells)),
    '## Result',
    output === null ? 'None.' : `${plain(capitalised(typeOfSchema(output)))}.`,
    ...(failures.length === 0
      ? []
      : [
          '## Failures',
          table(
            ['Code', 'When'],
            failures.map(([code, when]) => [`\`${code}\``, cell(when)]),
          ),
        ]),
    '## Examples',
    ...examples.flatMap(exampleParts),
    `[All actions](${up}README.md)`,
  );
};

const fieldCells = ({ name, type, need, about }: FieldRow): string[] => [
  `\`${name}\``,
  plain(type),
  cell(need.required ? 'yes' : 'fallback' in need ? `no: ${code(showValue(need.fallback))}` : 'no'),
  cell(about),
];

const exampleParts = ({ given, gives, fails, note }: Example): string[] => {
  const result = fails === undefined ? showValue(gives, lineWidth) : `fails: ${fails}`;
  const block = fenced(`${showValue(given, lineWidth)}\n=> ${result}`);
  return note === undefined ? [block] : [block, note];
};

/** The list of all actions. */
export const markdownIndex = (library: readonly ActionDefinition[]): string => {
  const groups = byCategory(library);
  return sections(
    '# Actions',
    `${library.length} actions. [index.html](index.html) is the same in one page with a search box; \`sluice actions\` shows it in a terminal.`,
    groups.map(([category, actions]) => `[${category}](#${anchor(category)}) (${actions.length})`).join(' · '),
    ...groups.flatMap(([category, actions]) => [
      `## ${category}`,
      table(
        ['Action', 'What it does'],
        actions.map(({ id, summary }) => [`[\`${id}\`](${pathOf(id)})`, cell(summary)]),
      ),
    ]),
  );
};

const sections = (...parts: string[]): string => `${parts.filter((part) => part !== '').join('\n\n')}\n`;

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** Markdown inside a table: one line, no cell of its own, and no HTML but inside backquotes. */
const cell = (text: string): string =>
  text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/(`[^`]*`)|</g, (_, quoted?: string) => quoted ?? '&lt;')
    .replaceAll('|', '\\|');

/** A text that is no Markdown, inside a table. */
const plain = (text: string): string => cell(text.replace(/[\\`*_[\]]/g, '\\$&'));

const code = (text: string): string => {
  const fence = '`'.repeat(longestRun(text) + 1);
  return fence.length === 1 ? `\`${text}\`` : `${fence} ${text} ${fence}`;
};

const fenced = (text: string): string => {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}js\n${text}\n${fence}`;
};

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** As hosts of repositories make it from a heading. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^a-z0-9 -]/g, '')
    .replaceAll(' ', '-');
