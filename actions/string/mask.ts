import { defineAction, integer, optional, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { countGraphemes, offsetOf } from '../support/graphemes.ts';

export default defineAction({
  id: 'string/mask',
  title: 'Mask',
  summary: 'Hides a text but for some characters at its ends.',
  keywords: ['anonymize', 'censor', 'redact'],
  documentation: `
Each hidden character, as people see them (grapheme clusters), becomes one \`mask\`, so that the length stays visible. A text that
has no more characters than shall be kept is hidden as a whole: short secrets do not show. Where the length is a secret too, use a
fixed text instead.`,
  fields: {
    string: string({ label: 'Text' }),
    'keep-start': optional(integer({ label: 'Keep at start', help: 'Characters to show.', minimum: 0 }), 0),
    'keep-end': optional(integer({ label: 'Keep at end', help: 'Characters to show.', minimum: 0 }), 4),
    mask: optional(string({ label: 'Mask', help: 'What is written for each hidden character.' }), '*'),
  },
  output: { type: 'string' },
  examples: [
    { given: { string: '4242424242424242' }, gives: '************4242' },
    { given: { string: 'DE89370400440532013000', 'keep-start': 4, mask: '•' }, gives: 'DE89••••••••••••••3000' },
    { given: { string: '1234' }, gives: '****', note: 'It is not longer than what may be shown.' },
    { given: { string: '', 'keep-end': 2 }, gives: '' },
    { given: { string: 'secret', 'keep-end': -1 }, fails: 'input-invalid' },
  ],
  run: ({ string, 'keep-start': first, 'keep-end': last, mask }) => {
    const count = countGraphemes(string, 'string');
    const [start, end] = first + last >= count ? [0, 0] : [first, last];
    const hidden = count - start - end;
    checkTotal(string.length + hidden * mask.length, 'mask', 'characters');
    const from = offsetOf(string, start, 'string');
    const to = offsetOf(string, count - end, 'string');
    return string.slice(0, from) + mask.repeat(hidden) + string.slice(to);
  },
});
