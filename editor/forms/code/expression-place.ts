import { type Lexeme, lexemes } from '../../../engine/compile/jsonata/scan.ts';

/** Keys from the scopes down; arrays on the way need no index. null where it cannot be told from the text. */
export type DataPath = readonly string[] | null;

/** What can be typed at a position of an expression. */
export interface ExpressionPlace {
  /** Where the word that is being typed begins. */
  from: number;
  /** `path`: a key of what `path` leads to, after a dot. `start`: the first part of a path, a function, a word. */
  at: 'path' | 'start';
  /** At the start of a path: what keys are looked up in; empty for the scopes. */
  path: DataPath;
  /** What stands before this place with a `$`: variables, and functions that were called. */
  variables: readonly string[];
}

/** An open bracket. */
interface Group {
  /** What keys are looked up in around it. */
  outer: DataPath;
  /** What the brackets give once they are closed; 'inside' for what stands last in them. */
  gives: DataPath | 'inside';
  isFunctionHead: boolean;
}

/**
 * Which path leads to a position, as far as a look at the pieces before it tells; null inside a text, a comment or a
 * regular expression. It knows paths, predicates, mappings and groupings; what a function gives is unknown to it.
 */
export function placeIn(text: string, position: number): ExpressionPlace | null {
  const typed = text.slice(0, position);
  let from = position - (/[\p{L}\p{N}_$]*$/u.exec(typed)?.[0].length ?? 0);
  const reader = new PathReader();
  let end = 0;
  for (const lexeme of lexemes(typed)) {
    if (lexeme.start >= from) break;
    reader.read(lexeme);
    end = lexeme.end;
  }
  // What is opened and not closed before the position ends the pieces: a text, or a name in backticks.
  const rest = end + typed.slice(end).search(/\S|$/);
  if (rest < from || typed[rest] === '`') {
    if (typed[rest] !== '`') return null;
    from = rest;
  }
  const { isAfterDot, before, context, variables } = reader;
  return { from, at: isAfterDot ? 'path' : 'start', path: isAfterDot ? before : context, variables: [...variables] };
}

class PathReader {
  /** What keys without a path before them are looked up in. */
  context: DataPath = [];
  /** The operand that ends here; undefined after an operator. */
  before: DataPath = null;
  isAfterDot = false;
  readonly variables = new Set<string>();
  private hasOperand = false;
  private endsFunctionHead = false;
  /** After `^`, which orders the operand before it. */
  private isOrdering = false;
  private word: string | undefined;
  private readonly groups: Group[] = [];

  read({ kind, text }: Lexeme): void {
    const wasFunctionHead = this.endsFunctionHead;
    this.endsFunctionHead = false;
    const word = this.word;
    this.word = undefined;
    if (kind === 'open') this.open(text, word, wasFunctionHead);
    else if (kind === 'close') this.close();
    else if (kind === 'word' || kind === 'opaque') this.operand(kind, text);
    else if (text === '.') this.isAfterDot = true;
    else if (text === '^') this.isOrdering = true;
    else this.ends();
  }

  private operand(kind: 'word' | 'opaque', text: string): void {
    if (text.startsWith('/*')) return;
    if (kind === 'word' && ['and', 'or', 'in'].includes(text)) {
      this.ends();
      return;
    }
    const name = kind === 'word' ? text : text[0] === '`' || this.isAfterDot ? text.slice(1, -1) : undefined;
    const base = this.isAfterDot ? this.before : this.context;
    this.isAfterDot = false;
    this.hasOperand = true;
    this.word = kind === 'word' ? text : undefined;
    if (text === '$') this.before = base;
    else if (text === '$$') this.before = [];
    else if (text.startsWith('$')) {
      this.before = null;
      this.variables.add(text);
    } else this.before = name === undefined || base === null ? null : [...base, name];
  }

  private ends(): void {
    this.isOrdering = false;
    this.isAfterDot = false;
    this.hasOperand = false;
    this.before = null;
  }

  private open(text: string, word: string | undefined, isFunctionBody: boolean): void {
    const outer = this.context;
    const isFunctionHead = word === 'function' || word === 'λ';
    const isCall = text === '(' && !this.isAfterDot && this.hasOperand;
    // After a dot or an operand, brackets stand for work on each of its items; a call and a body of a function do not.
    const isOfItems = (this.isAfterDot || this.isOrdering || (this.hasOperand && text !== '(')) && !isFunctionBody;
    const inner = isOfItems ? this.before : outer;
    const keeps = this.isOrdering || (text === '[' && isOfItems && !this.isAfterDot);
    const gives = keeps ? this.before : text === '(' && !isCall ? 'inside' : null;
    this.groups.push({ outer, gives, isFunctionHead });
    this.context = inner;
    this.ends();
  }

  private close(): void {
    const group = this.groups.pop();
    if (group === undefined) return;
    this.context = group.outer;
    this.before = group.gives === 'inside' ? this.before : group.gives;
    this.isAfterDot = false;
    this.hasOperand = true;
    this.endsFunctionHead = group.isFunctionHead;
  }
}
