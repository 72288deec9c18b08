// biome-ignore-all lint/suspicious/noTemplateCurlyInString: ${name} is what workflows write here.
import { ActionFailure, defineAction, object, oneOf, type Plain, string } from '../kit/index.ts';
import { checkTotal } from '../support/bounds.ts';
import { toText } from '../support/text.ts';

// What is cut could not be told to be a secret by whoever logs it.
const nameOf = (name: string): string => (name.length > 40 ? `(a name of ${name.length} characters)` : name);

const fill = (text: string, open: string, close: string, variable: Plain): string => {
  let filled = '';
  let done = 0;
  for (let start = text.indexOf(open); start >= 0; start = text.indexOf(open, done)) {
    const end = text.indexOf(close, start + open.length);
    if (end < 0) break;
    const name = text.slice(start + open.length, end).trim();
    if (!Object.hasOwn(variable, name)) {
      throw new ActionFailure(
        'input-invalid',
        `\`string\` needs the variable \`${nameOf(name)}\`; give it in \`variable\``,
      );
    }
    filled += text.slice(done, start) + toText(variable[name], `\`variable.${nameOf(name)}\``);
    done = end + close.length;
    checkTotal(filled.length, 'string', 'characters');
  }
  return filled + text.slice(done);
};

export default defineAction({
  id: 'string/interpolate',
  title: 'Interpolate',
  summary: 'Fills the variables of a text.',
  keywords: ['format', 'placeholder', 'template'],
  documentation: `
White space around a name does not matter. A name without a variable fails. Null is empty; numbers, true, false and dates become
text; arrays and objects fail. What a variable brings in is not searched again. The result may have 10,000,000 characters. For
values inside of objects, lists and escaping use \`string/template\`.`,
  fields: {
    string: string({ label: 'Text' }),
    format: oneOf(['${variable}', '<%=variable%>'], {
      label: 'Format',
      help: 'How variables are written in the text.',
    }),
    variable: object({ label: 'Variables', help: 'Values by name.' }),
  },
  output: { type: 'string' },
  examples: [
    {
      given: {
        string: 'Order ${id} is ${state}.',
        format: '${variable}',
        variable: { id: 7, state: 'open' },
      },
      gives: 'Order 7 is open.',
    },
    {
      given: { string: 'Hello <%= name %>!', format: '<%=variable%>', variable: { name: 'World' } },
      gives: 'Hello World!',
    },
    { given: { string: '${a}', format: '${variable}', variable: { a: '${a}' } }, gives: '${a}' },
    { given: { string: 'Hello ${name}', format: '${variable}', variable: {} }, fails: 'input-invalid' },
  ],
  run: ({ string, format, variable }) =>
    format === '${variable}' ? fill(string, '${', '}', variable) : fill(string, '<%=', '%>', variable),
});
