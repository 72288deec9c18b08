import { ActionFailure, bytes, defineAction, type Plain } from '../../kit/index.ts';
import { bounds } from '../../support/bounds.ts';
import { readText } from '../../support/utf8.ts';
import { decodePercent } from '../uri/percent.ts';

const fail = (problem: string): never => {
  throw new ActionFailure('data-invalid', `\`form\` ${problem}`);
};

const deepest = 100;

/** Texts under a name, or members by key; `items` counts the keys that `[]` made. */
interface Branch {
  texts: string[];
  members: Map<string, Branch>;
  items: number;
}

const openBranch = (): Branch => ({ texts: [], members: new Map(), items: 0 });

/** `a[b][]` as a, b and nothing; a name whose brackets do not fit is one key. */
const keysOf = (name: string): string[] => {
  const at = name.indexOf('[');
  if (at <= 0 || !name.endsWith(']')) return [name];
  const keys = name.slice(at + 1, -1).split('][');
  return keys.some((key) => key.includes('[') || key.includes(']')) ? [name] : [name.slice(0, at), ...keys];
};

const add = (root: Branch, keys: readonly string[], text: string): void => {
  if (keys.length > deepest) fail(`is nested deeper than ${deepest} levels, which is the most that is read`);
  let branch = root;
  for (const [index, written] of keys.entries()) {
    const isNext = written === '' && index > 0;
    const key = isNext ? String(branch.items) : written;
    if (isNext) branch.items += 1;
    const child = branch.members.get(key) ?? openBranch();
    branch.members.set(key, child);
    if (branch.texts.length > 0) fail('gives a name a value as well as members, as in a=1&a[b]=2');
    branch = child;
  }
  if (branch.members.size > 0) fail('gives a name a value as well as members, as in a[b]=1&a=2');
  branch.texts.push(text);
};

const isList = (members: ReadonlyMap<string, Branch>): boolean => {
  for (let index = 0; index < members.size; index += 1) if (!members.has(String(index))) return false;
  return true;
};

const dataOf = (branch: Branch): unknown => {
  if (branch.members.size === 0) return branch.texts.length === 1 ? branch.texts[0] : branch.texts;
  if (!isList(branch.members)) return objectOf(branch);
  return Array.from({ length: branch.members.size }, (_, index) => dataOf(branch.members.get(String(index)) as Branch));
};

const objectOf = (branch: Branch): Plain =>
  Object.fromEntries([...branch.members].map(([key, member]) => [key, dataOf(member)]));

export default defineAction({
  id: 'data/form/decode',
  title: 'Decode form',
  summary: 'Reads the fields of a form, as browsers send them and with nested names.',
  keywords: ['parse', 'urlencoded'],
  documentation: `
The form is application/x-www-form-urlencoded (WHATWG URL standard): \`+\` is a space. Beyond that, \`a[b]=1\` gives an
object under \`a\`, \`a[]=1&a[]=2\` an array, and so does a name that occurs twice. Members whose keys are 0, 1 and so on
without a gap are an array, in the order of these numbers; \`[]\` counts on, so that each \`a[][b]\` begins another item.
All values are texts. A name whose brackets do not fit together is an ordinary key. At most 1,000,000 fields and 100 levels
are read.`,
  fields: { form: bytes({ label: 'Form', help: 'A text, or its UTF-8 bytes.' }) },
  output: { type: 'object' },
  failures: {
    'data-invalid':
      'Something is percent-encoded that is no UTF-8, a name has both a value and members, or it is too large.',
  },
  examples: [
    {
      given: { form: 'name=Ann+B.&address[city]=Bonn&tag[]=red&tag[]=tall' },
      gives: { name: 'Ann B.', address: { city: 'Bonn' }, tag: ['red', 'tall'] },
    },
    {
      given: { form: 'size=s&size=m&item[1][id]=8&item[0][id]=7&empty' },
      gives: { size: ['s', 'm'], item: [{ id: '7' }, { id: '8' }], empty: '' },
    },
    { given: { form: 'a%5Bb%5D=1&c]=2' }, gives: { a: { b: '1' }, 'c]': '2' } },
    { given: { form: '' }, gives: {} },
    { given: { form: 'a=1&a[b]=2' }, fails: 'data-invalid' },
    { given: { form: 'a=%ff' }, fails: 'data-invalid' },
    { given: { form: null }, fails: 'input-invalid' },
  ],
  run: ({ form }) => {
    const parts = readText(form, 'form').split('&');
    if (parts.length > bounds.items) fail(`has more than ${bounds.items} fields, which is the most that is read`);
    const root = openBranch();
    const decode = (text: string): string => decodePercent(text.replaceAll('+', ' '), 'form');
    for (const part of parts) {
      if (part === '') continue;
      const at = part.indexOf('=');
      add(root, keysOf(decode(at < 0 ? part : part.slice(0, at))), at < 0 ? '' : decode(part.slice(at + 1)));
    }
    return objectOf(root);
  },
});
