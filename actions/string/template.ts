import { ActionFailure, defineAction, isTruthy, object, oneOf, optional, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { encodeJson } from '../support/json.ts';
import { toText } from '../support/text.ts';
import { escapeHtml } from './html.ts';
import { lookUp, type Node, readTemplate, shown } from './mustache.ts';

const mostSteps = 1_000_000;
// Most templates are literals of a workflow: the same few, over and over.
const mostKept = 100;
const longestKept = 20_000;
const kept = new Map<string, readonly Node[]>();

const readOnce = (template: string): readonly Node[] => {
  const known = kept.get(template);
  if (known !== undefined) return known;
  const nodes = readTemplate(template);
  if (template.length <= longestKept) {
    kept.set(template, nodes);
    if (kept.size > mostKept) kept.delete(kept.keys().next().value as string);
  }
  return nodes;
};

// What has no place in UTF-8.
const halfPair = /\p{Surrogate}/gu;

const escapes = {
  none: toText,
  html: (value: unknown, where: string) => escapeHtml(toText(value, where), 'template'),
  url: (value: unknown, where: string) => encodeURIComponent(toText(value, where).replace(halfPair, '\ufffd')),
  json: (value: unknown, where: string) => encodeJson(value, where),
} as const;

interface Rendering {
  readonly escape: keyof typeof escapes;
  readonly missing: 'fail' | 'empty';
}

const render = (root: readonly Node[], data: unknown, rendering: Rendering): string => {
  let text = '';
  let steps = 0;
  const scopes: unknown[] = [data];
  const write = (part: string): void => {
    text += part;
    checkTotal(text.length, 'template', 'characters');
  };
  const inside = (nodes: readonly Node[], scope: unknown): void => {
    scopes.push(scope);
    walk(nodes);
    scopes.pop();
  };
  const walk = (nodes: readonly Node[]): void => {
    steps += nodes.length + 1;
    if (steps > mostSteps) {
      throw new ActionFailure(
        'input-invalid',
        `\`template\` takes more than ${mostSteps} steps with this data; repeat less in it`,
      );
    }
    for (const node of nodes) {
      if (typeof node === 'string') {
        write(node);
        continue;
      }
      const found = lookUp(node.path, scopes);
      const value = found?.value ?? null;
      if ('nodes' in node) {
        const shows = Array.isArray(value) ? value.length > 0 : isTruthy(value);
        if (shows === node.inverted) continue;
        if (node.inverted) walk(node.nodes);
        else if (!Array.isArray(value)) inside(node.nodes, value);
        else for (const item of value) inside(node.nodes, item ?? null);
      } else if (found === undefined && rendering.missing === 'fail') {
        throw new ActionFailure(
          'input-invalid',
          `\`template\` needs \`${shown(node.path.name)}\`; give it in \`data\`, or set \`missing\` to empty`,
        );
      } else {
        write(escapes[node.raw ? 'none' : rendering.escape](value, `\`data\` at \`${shown(node.path.name)}\``));
      }
    }
  };
  walk(root);
  return text;
};

export default defineAction({
  id: 'string/template',
  title: 'Template',
  summary: 'Fills a Mustache template with the values of an object.',
  keywords: ['handlebars', 'render'],
  documentation: `
| tag | what it writes |
| --- | --- |
| \`{{name}}\`, \`{{order.lines.0.title}}\` | the value at that path, escaped as \`escape\` says |
| \`{{{name}}}\`, \`{{& name}}\` | the same without escaping |
| \`{{#lines}} … {{/lines}}\` | what is inside, once for each item of an array, once for any value but false and null, else not at all |
| \`{{^lines}} … {{/lines}}\` | what is inside, for an empty array, false, null and what is missing |
| \`{{.}}\` | the item or value of the section itself |
| \`{{! … }}\` | nothing |

Inside a section, names are looked for in its item first and then outwards. The tag of a section or a note that is alone on its
line leaves no line behind. This is Mustache without partials, lambdas and other delimiters, but escaping is none unless asked
for, 0 and the empty text count as values, and a missing value fails unless \`missing\` is empty. \`escape\` is none, html, url
(percent-encoding) or json, which writes any value as JSON with its quotes; otherwise arrays and objects fail. The result may have
10,000,000 characters.`,
  fields: {
    template: string({ label: 'Template' }),
    data: object({ label: 'Data', help: 'Values by name.' }),
    escape: optional(oneOf(['none', 'html', 'url', 'json'], { label: 'Escape' }), 'none'),
    missing: optional(oneOf(['fail', 'empty'], { label: 'Missing values' }), 'fail'),
  },
  output: { type: 'string' },
  failures: { 'template-invalid': 'A tag or a section is not closed, or is of a kind that is not supported.' },
  examples: [
    {
      given: { template: 'Order {{order.id}} for {{name}}', data: { order: { id: 7 }, name: 'Eve' } },
      gives: 'Order 7 for Eve',
    },
    {
      given: {
        template: '{{#lines}}\n- {{title}}: {{price}} {{currency}}\n{{/lines}}\n{{^lines}}nothing{{/lines}}',
        data: {
          currency: 'EUR',
          lines: [
            { title: 'Tea', price: 4.5 },
            { title: 'Mug', price: 9 },
          ],
        },
      },
      gives: '- Tea: 4.5 EUR\n- Mug: 9 EUR\n',
    },
    {
      given: { template: '<p>{{text}} {{{bold}}}</p>', data: { text: '1 < 2', bold: '<b>!</b>' }, escape: 'html' },
      gives: '<p>1 &lt; 2 <b>!</b></p>',
    },
    {
      given: { template: '{"user": {{user}}}', data: { user: { name: 'O"Neill' } }, escape: 'json' },
      gives: '{"user": {"name":"O\\"Neill"}}',
    },
    { given: { template: 'Hi {{name}}!', data: {}, missing: 'empty' }, gives: 'Hi !' },
    { given: { template: 'Hi {{name}}!', data: {} }, fails: 'input-invalid' },
    { given: { template: '{{#a}}', data: { a: true } }, fails: 'template-invalid' },
  ],
  run: ({ template, data, ...rendering }) => render(readOnce(template), data, rendering),
});
