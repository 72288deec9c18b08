import { ActionFailure, isPlainObject } from '../kit/index.ts';

/** A template read: texts, values, and sections with what is inside them. */
export type Node =
  | string
  | { readonly path: Path; readonly raw: boolean }
  | { readonly path: Path; readonly inverted: boolean; readonly nodes: readonly Node[] };

interface Path {
  readonly name: string;
  readonly parts: readonly string[];
}

const deepest = 50;

const refuse = (at: number, problem: string): never => {
  throw new ActionFailure('template-invalid', `\`template\` ${problem} at position ${at}`);
};

// What is cut could not be told to be a secret by whoever logs it.
export const shown = (name: string): string => (name.length > 40 ? `(a name of ${name.length} characters)` : name);

const pathOf = (name: string, at: number): Path => {
  if (name === '.') return { name, parts: [] };
  const parts = name.split('.');
  if (parts.some((part) => part.trim() === '')) refuse(at, `has the tag {{${shown(name)}}} without a name`);
  return { name, parts };
};

interface Open {
  readonly path: Path;
  readonly inverted: boolean;
  readonly nodes: Node[];
  readonly at: number;
}

const isBlank = (unit: string | undefined): boolean => unit === ' ' || unit === '\t';

/** Reads a template; fails with template-invalid, naming the position. */
export const readTemplate = (template: string): readonly Node[] => {
  const open: Open[] = [{ path: { name: '', parts: [] }, inverted: false, nodes: [], at: 0 }];
  const add = (node: Node): void => {
    if (node !== '') (open.at(-1) as Open).nodes.push(node);
  };
  let done = 0;
  for (let start = template.indexOf('{{'); start >= 0; start = template.indexOf('{{', done)) {
    const triple = template[start + 2] === '{';
    const close = triple ? '}}}' : '}}';
    const stop = template.indexOf(close, start + 2);
    if (stop < 0) refuse(start, `has a tag that is not closed with ${close}`);
    const kind = triple ? '&' : (/^[#^/!&>=]/.exec(template[start + 2] as string)?.[0] ?? '');
    const name = template.slice(start + 2 + (kind === '' ? 0 : 1), stop).trim();
    let end = stop + close.length;
    let text = template.slice(done, start);
    if (kind !== '' && kind !== '&') {
      // A tag that stands alone on its line and writes nothing takes the line with it.
      let before = start;
      while (before > done && isBlank(template[before - 1])) before -= 1;
      let after = end;
      while (isBlank(template[after])) after += 1;
      if (template[after] === '\r' && template[after + 1] === '\n') after += 1;
      const endsLine = after === template.length || template[after] === '\n';
      if (endsLine && (before === 0 || template[before - 1] === '\n')) {
        text = template.slice(done, before);
        end = Math.min(after + 1, template.length);
      }
    }
    add(text);
    done = end;
    switch (kind) {
      case '!':
        break;
      case '#':
      case '^':
        if (open.length > deepest) refuse(start, `has sections that are nested deeper than ${deepest} levels`);
        open.push({ path: pathOf(name, start), inverted: kind === '^', nodes: [], at: start });
        break;
      case '/': {
        const section = open.pop() as Open;
        if (open.length === 0) refuse(start, `closes the section ${shown(name)}, which is not open,`);
        if (section.path.name !== name) {
          refuse(start, `closes the section ${shown(name)} where ${shown(section.path.name)} is open,`);
        }
        add({ path: section.path, inverted: section.inverted, nodes: section.nodes });
        break;
      }
      case '>':
      case '=':
        refuse(start, `has a tag {{${kind} …}}, which is not supported,`);
        break;
      default:
        add({ path: pathOf(name, start), raw: kind === '&' });
    }
  }
  add(template.slice(done));
  const [root, section] = open;
  if (section !== undefined) refuse(section.at, `has the section ${shown(section.path.name)}, which is not closed,`);
  return (root as Open).nodes;
};

const memberOf = (value: unknown, name: string): { value: unknown } | undefined => {
  if (Array.isArray(value))
    return /^\d{1,9}$/.test(name) && Number(name) < value.length ? { value: value[Number(name)] } : undefined;
  return isPlainObject(value) && Object.hasOwn(value, name) ? { value: value[name] } : undefined;
};

/** What a path means: its first part is looked for from the innermost section outwards, the others inside of it. */
export const lookUp = (path: Path, scopes: readonly unknown[]): { value: unknown } | undefined => {
  if (path.parts.length === 0) return { value: scopes.at(-1) };
  const [first, ...others] = path.parts as [string, ...string[]];
  let found: { value: unknown } | undefined;
  for (let at = scopes.length - 1; at >= 0 && found === undefined; at -= 1) found = memberOf(scopes[at], first);
  for (const name of others) {
    if (found === undefined) return undefined;
    found = memberOf(found.value, name);
  }
  return found;
};
