import { showValue } from '../../actions/docs/show-value.ts';
import { failuresOf, fieldRows, typeOfSchema } from '../../actions/docs/words.ts';
import type { ActionDefinition, Example } from '../../actions/kit/define.ts';
import { columns, wrap, wrapMarkdown } from './paragraphs.ts';

/** Everything about one action, for a terminal of this width. */
export function actionPage(action: ActionDefinition, width: number): string {
  const { id, title, summary, documentation, fields, output, examples } = action;
  const inputs = fieldRows(fields).map(({ name, type, kind, need, about }) => [
    name,
    type,
    kind,
    need.required ? 'required' : 'fallback' in need ? `default ${showValue(need.fallback)}` : 'optional',
    about,
  ]);
  const failures = failuresOf(action);
  const parts = [
    `${id} - ${title}\n${lines(wrap(summary, width))}`,
    ...(documentation === undefined ? [] : [wrapMarkdown(documentation, width)]),
    inputs.length === 0 ? 'It takes no input.\n' : `Input\n${columns(narrowed(inputs, width), width, { indent: 2 })}`,
    `Result\n${lines(wrap(output === null ? 'none' : typeOfSchema(output), width - 2), 2)}`,
    ...(failures.length === 0 ? [] : [`Failures\n${columns(failures, width, { indent: 2 })}`]),
    `Examples\n${exampleLines(examples, width)}`,
  ];
  return parts.join('\n');
}

const lines = (texts: readonly string[], indent = 0): string =>
  texts.map((text) => `${' '.repeat(indent)}${text}\n`).join('');

/** A long type or default joins the last column, so that it does not push the others off the screen. */
const narrowed = (rows: readonly string[][], width: number): string[][] => {
  const most = Math.floor(width / 4);
  return rows.map(([name = '', type = '', kind = '', need = '', about = '']) => {
    const isLong = { type: type.length > most, need: need.length > most };
    const long = [...(isLong.type ? [type] : []), ...(isLong.need ? [need] : [])];
    return [
      name,
      isLong.type ? kind : type,
      isLong.need ? 'default' : need,
      [about, ...long].filter(Boolean).map(sentence).join(' '),
    ];
  });
};

const sentence = (text: string, index: number, { length }: readonly string[]): string =>
  `${index === 0 ? text : text.charAt(0).toUpperCase() + text.slice(1)}${length === 1 || text.endsWith('.') ? '' : '.'}`;

/** Short examples in two columns, the others one below the other. */
const exampleLines = (examples: readonly Example[], width: number): string => {
  const shown = examples.map(({ given, gives, fails, note }) => ({
    given: showValue(given, width - 2),
    result: fails === undefined ? `gives ${showValue(gives, width - 10)}` : `fails with ${fails}`,
    note,
  }));
  const fits = shown.filter(({ given, result }) => !`${given}${result}`.includes('\n') && given.length <= width / 2);
  const left = Math.max(0, ...fits.map(({ given }) => given.length));
  return shown
    .map(({ given, result, note }) => {
      const line = `  ${given.padEnd(left)}  ${result}`;
      const isShort = given.length <= left && !result.includes('\n') && line.length <= width;
      const text = isShort ? `${line}\n` : indented(given, 2) + indented(result, 4);
      return text + (note === undefined ? '' : lines(wrap(note, width - 4), 4));
    })
    .join('');
};

const indented = (text: string, by: number): string => lines(text.split('\n'), by);
