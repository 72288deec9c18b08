import MarkdownIt from 'markdown-it';
import type { ActionDefinition, Example } from '../kit/index.ts';
import { placesOf } from './search.ts';
import { script, style } from './search-page-assets.ts';
import { showValue } from './show-value.ts';
import { byCategory, type FieldRow, failuresOf, fieldRows, typeOfSchema } from './words.ts';

const lineWidth = 80;
// Documentation is text of ours, and still no HTML in it is taken as such.
const markdown = new MarkdownIt({ html: false });

/** All actions in one page with a search box, which needs nothing besides itself. */
export const searchPage = (library: readonly ActionDefinition[]): string => {
  const groups = byCategory(library);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Actions</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Actions</h1>
<p id="keys" hidden><kbd>/</kbd> searches, <kbd>↓</kbd> <kbd>↑</kbd> move through what is found, <kbd>Enter</kbd> opens, <kbd>Esc</kbd> clears.</p>
</header>
<search hidden>
<label for="search">Search names, keywords, summaries and fields</label>
<input id="search" type="search" autocomplete="off" spellcheck="false" aria-controls="actions" aria-describedby="count" aria-keyshortcuts="/">
<p id="count" role="status">${library.length} actions</p>
</search>
<nav aria-label="Categories"><ul>
${groups.map(([category, actions]) => `<li><a href="#${literal(anchor(category))}">${literal(category)}</a> ${actions.length}</li>`).join('\n')}
</ul></nav>
<main id="actions">
<section id="results" hidden><h2>Found</h2></section>
${groups.map(([category, actions]) => section(category, actions)).join('\n')}
</main>
<script>${script}</script>
</body>
</html>
`;
};

/** No action has such an id. */
const anchor = (category: string): string => `in:${category}`;

const section = (category: string, actions: readonly ActionDefinition[]): string =>
  `<section id="${literal(anchor(category))}" data-category>
<h2>${literal(category)}</h2>
${actions.map(article).join('\n')}
</section>`;

const article = (action: ActionDefinition): string => {
  const { id, title, summary, documentation = '', fields, output, examples } = action;
  const rows = fieldRows(fields);
  const failures = failuresOf(action);
  return `<details id="${literal(id)}" data-places="${literal(placesOf(action).join('\n'))}">
<summary><code>${literal(id)}</code> <strong>${literal(title)}</strong> ${literal(summary)}</summary>
${markdown.render(documentation).trim()}
${rows.length === 0 ? '<p>No fields.</p>' : table('Fields', ['Field', 'Type', 'Needed', 'Meaning'], rows.map(fieldCells))}
<p>Result: ${output === null ? 'none' : literal(typeOfSchema(output))}.</p>
${
  failures.length === 0
    ? ''
    : table(
        'Failures',
        ['Code', 'When'],
        failures.map(([code, when]) => [`<code>${literal(code)}</code>`, markdown.renderInline(when)]),
      )
}
<h3>Examples</h3>
${examples.map(exampleOf).join('\n')}
</details>`;
};

const fieldCells = ({ name, type, need, about }: FieldRow): string[] => [
  `<code>${literal(name)}</code>`,
  literal(type),
  need.required ? 'yes' : 'fallback' in need ? `no: <code>${literal(showValue(need.fallback))}</code>` : 'no',
  markdown.renderInline(about),
];

const exampleOf = ({ given, gives, fails, note }: Example): string => {
  const result = fails === undefined ? showValue(gives, lineWidth) : `fails: ${fails}`;
  const block = `<pre>${literal(`${showValue(given, lineWidth)}\n=> ${result}`)}</pre>`;
  return note === undefined ? block : `${block}\n${markdown.render(note).trim()}`;
};

/** What stands before a cell where rows are stacked. The others say it themselves. */
const narrow = (head = ''): string => (head === 'Needed' || head === 'Type' ? ` data-head="${head}"` : '');

const table = (caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  `<table><caption>${caption}</caption>
<thead><tr>${head.map((name) => `<th scope="col">${name}</th>`).join('')}</tr></thead>
<tbody>
${rows.map((cells) => `<tr>${cells.map((html, at) => `<td${narrow(head[at])}>${html}</td>`).join('')}</tr>`).join('\n')}
</tbody></table>`;

const entities: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const literal = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] as string);
