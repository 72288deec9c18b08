import { defineAction, either, listOf, string } from '../kit/index.ts';
import { checkSearches, openSearch } from './search.ts';

export default defineAction({
  id: 'string/contains',
  title: 'Contains',
  summary: 'Tells whether one of some texts occurs in a text.',
  keywords: ['includes', 'strpos', 'substring'],
  documentation: `
Upper and lower case differ, and letters are compared as they are written (see \`string/normalize\`). The empty text occurs in
every text; of an empty array nothing occurs. Where it occurs is what \`string/index-of\` gives, and how often \`string/count\`.`,
  fields: {
    string: string({ label: 'Text' }),
    contents: either(string(), listOf(string()), {
      label: 'Contents',
      help: 'A text, or an array of texts of which one is enough.',
    }),
  },
  output: { type: 'boolean' },
  examples: [
    { given: { string: 'autoflow', contents: ['x', 'o'] }, gives: true },
    { given: { string: 'autoflow', contents: ['1', 'k'] }, gives: false },
    { given: { string: 'autoflow', contents: 'flow' }, gives: true },
    { given: { string: 'autoflow', contents: [] }, gives: false },
    { given: { string: 'a1', contents: [1] }, fails: 'input-invalid' },
  ],
  run: ({ string, contents }) => {
    const patterns = typeof contents === 'string' ? [contents] : contents;
    checkSearches(patterns.length, string, 'contents');
    return patterns.some((pattern) => pattern === '' || openSearch(string, pattern)(0) >= 0);
  },
});
