import { ActionFailure, any, defineAction, describeValue, string } from '../kit/index.ts';

export default defineAction({
  id: 'string/contains',
  title: 'Contains',
  summary: 'Tells whether one of some texts occurs in a text.',
  documentation: 'Upper and lower case differ. The empty text occurs in every text; of an empty array nothing occurs.',
  fields: {
    string: string({ label: 'Text' }),
    contents: any({ label: 'Contents', help: 'A text, or an array of texts of which one is enough.' }),
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
    let occurs = false;
    for (const content of Array.isArray(contents) ? contents : [contents]) {
      if (typeof content !== 'string') {
        throw new ActionFailure(
          'input-invalid',
          `\`contents\` must be a text or an array of texts, found ${describeValue(content)}`,
        );
      }
      occurs ||= string.includes(content);
    }
    return occurs;
  },
});
