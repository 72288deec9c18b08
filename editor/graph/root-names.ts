/** A name in an expression that stands for a scope. */
export interface RootName {
  name: string;
  /** Where it stands: the first character, and the one behind it. */
  from: number;
  to: number;
  /** The key that is read of it, `.key`, and where that ends; absent where something else follows. */
  key?: { name: string; to: number };
}

/**
 * The scopes that a JSONata expression names, in order; null where it may read them in another way too, such as by `$`, a
 * wildcard or a function that takes the context. It reads the text only as far as that needs, and is never surer than the
 * engine.
 */
export function rootNames(text: string): RootName[] | null {
  try {
    const reader = new Reader(text, 0, false);
    reader.read();
    return reader.names;
  } catch (thrown) {
    if (thrown instanceof Unclear) return null;
    throw thrown;
  }
}

/** The same for a template, whose expressions stand between `{{` and `}}`. */
export function templateRootNames(text: string): RootName[] | null {
  const names: RootName[] = [];
  try {
    for (let open = text.indexOf('{{'); open >= 0; ) {
      const reader = new Reader(text, open + 2, true);
      open = text.indexOf('{{', reader.read());
      names.push(...reader.names);
    }
    return names;
  } catch (thrown) {
    if (thrown instanceof Unclear) return null;
    throw thrown;
  }
}

class Unclear extends Error {}

/** What an open bracket is around. */
interface Frame {
  close: string;
  /** Whether `$` is the data itself in it. */
  atRoot: boolean;
  /** The bracket as an operand is a step of a path, as in `a.(b)`. */
  isStep: boolean;
  /** A call of this function. */
  call?: { name: string; given: number; atRoot: boolean; isChained: boolean };
  /** The parameters of a function, whose body follows. */
  isParameters?: boolean;
}

interface Token {
  kind: 'name' | 'quoted' | 'variable' | 'value' | 'symbol';
  text: string;
  from: number;
  to: number;
}

// A name goes on up to a space or one of these.
const symbols = '.[]{}(),@#;:?+-*/%|=<>^&!~';
const longSymbols = ['..', ':=', '!=', '>=', '<=', '**', '~>', '?:', '??'];
const words = new Set(['and', 'or', 'in']);
const values = new Set(['true', 'false', 'null']);
/** Functions that nobody calls for the context when they have no arguments. */
const withoutContext = new Set(['$now', '$millis', '$random']);
/** Functions that take the context when there is one argument. */
const withContext = new Set(['$lookup', '$each', '$sift']);

class Reader {
  readonly names: RootName[] = [];
  private readonly frames: Frame[] = [{ close: '', atRoot: true, isStep: false }];
  /** Whether an operand was just read, so that what follows is an operator. */
  private isAfter = false;
  /** The operand that is read, or comes next, is a step of a path. */
  private isStep = false;
  private last: Token | undefined;
  private beforeLast: Token | undefined;

  constructor(
    private readonly text: string,
    private at: number,
    private readonly isTemplate: boolean,
  ) {}

  /** Answers where it ends. */
  read(): number {
    for (;;) {
      if (this.isTemplate && this.frames.length === 1 && this.text.startsWith('}}', this.skip())) return this.at + 2;
      const token = this.next();
      if (token === undefined) {
        if (this.isTemplate || this.frames.length > 1) throw new Unclear();
        return this.at;
      }
      this.take(token);
      this.beforeLast = this.last;
      this.last = token;
    }
  }

  private get frame(): Frame {
    return this.frames.at(-1) as Frame;
  }

  private take(token: Token): void {
    if (token.kind === 'symbol') this.takeSymbol(token.text);
    else if (this.isAfter) this.takeWord(token);
    else this.takeOperand(token);
  }

  private takeWord({ kind, text }: Token): void {
    const isBinding = this.last?.text === '#' && kind === 'variable';
    if (isBinding) return;
    if (kind !== 'name' || !words.has(text)) throw new Unclear();
    this.operator();
  }

  private takeOperand(token: Token): void {
    const { kind, text } = token;
    const { atRoot } = this.frame;
    const isOfRoot =
      this.last?.text === '.' && this.beforeLast?.kind === 'variable' && this.isWhole(this.beforeLast.text);
    this.isAfter = true;
    if (kind === 'name' && (text === 'function' || text === 'λ') && this.text[this.skip()] === '(') return;
    if (kind === 'name' && values.has(text) && !this.isStep) return;
    if (kind === 'name' || kind === 'quoted') {
      if (isOfRoot || (atRoot && !this.isStep)) this.names.push(this.rootName(token));
    } else if (kind === 'variable' && this.isWhole(text)) {
      // `$.request` is `request`; anything else hands on all of the data.
      if (this.isStep || this.text[this.skip()] !== '.') throw new Unclear();
      const after = this.peek(this.at + 1);
      if (after?.kind !== 'name' && after?.kind !== 'quoted') throw new Unclear();
    } else if (text === '$eval') throw new Unclear();
  }

  private isWhole(variable: string): boolean {
    return variable === '$$' || (variable === '$' && this.frame.atRoot);
  }

  private rootName(token: Token): RootName {
    const { from, to } = token;
    const name = nameIn(token);
    if (this.text[this.skip()] !== '.' || this.text[this.at + 1] === '.') return { name, from, to };
    const key = this.peek(this.at + 1);
    if (key?.kind !== 'name' && key?.kind !== 'quoted') return { name, from, to };
    return { name, from, to, key: { name: nameIn(key), to: key.to } };
  }

  private operator(): void {
    this.isAfter = false;
    this.isStep = false;
  }

  private takeSymbol(text: string): void {
    if ('([{'.includes(text)) this.open(text);
    else if (')]}'.includes(text)) this.close(text);
    else if (text === '@' || text === '|') throw new Unclear();
    else if (this.isAfter) this.takeInfix(text);
    else this.takePrefix(text);
  }

  private takeInfix(text: string): void {
    if (text === '.' || text === '^' || text === '#') this.refuseText();
    if (text === '#') return;
    if (text === ',' && this.frame.call !== undefined) this.frame.call.given++;
    this.isAfter = false;
    this.isStep = text === '.';
  }

  /** A text at the begin of a path is a name. */
  private refuseText(): void {
    if (!this.isStep && this.last?.kind === 'value') throw new Unclear();
  }

  private takePrefix(text: string): void {
    const isWildcard = text === '*' || text === '**';
    if (text === '%' || text === '.' || (isWildcard && this.frame.atRoot && !this.isStep)) throw new Unclear();
    // In the place of an argument, `?` makes a function of the call.
    if (isWildcard || text === '?') this.isAfter = true;
    else if (this.isStep) throw new Unclear();
  }

  private open(bracket: string): void {
    const { last, isStep } = this;
    const inherited = this.frame.atRoot && !isStep;
    const frame: Frame = { close: bracket === '(' ? ')' : bracket === '[' ? ']' : '}', atRoot: inherited, isStep };
    if (last?.text === '^') frame.atRoot = false;
    else if (this.isAfter && bracket === '(') {
      if (last?.text === 'function' || last?.text === 'λ') frame.isParameters = true;
      else {
        const isChained = this.beforeLast?.text === '~>';
        const name = last?.kind === 'variable' ? last.text : '';
        frame.call = { name, given: isChained ? 1 : 0, atRoot: inherited, isChained };
        if (this.text[this.skip()] !== ')') frame.call.given++;
      }
    } else if (this.isAfter) {
      this.refuseText();
      frame.atRoot = false;
    }
    this.frames.push(frame);
    this.operator();
  }

  private close(bracket: string): void {
    const frame = this.frames.pop();
    if (frame === undefined || frame.close !== bracket) throw new Unclear();
    this.isAfter = true;
    this.isStep = frame.isStep;
    if (frame.isParameters) {
      // The body of a function sees the context of where it is written.
      if (this.text[this.skip()] !== '{') throw new Unclear();
      this.at++;
      this.frames.push({ close: '}', atRoot: this.frame.atRoot && !frame.isStep, isStep: frame.isStep });
      this.operator();
    }
    const { call } = frame;
    // What filters the result of such a call is never evaluated.
    if (call?.isChained && '[{'.includes(this.text[this.skip()] ?? ' ')) throw new Unclear();
    if (call === undefined || !call.atRoot) return;
    if (call.given === 0 ? !withoutContext.has(call.name) : call.given === 1 && withContext.has(call.name))
      throw new Unclear();
  }

  /** Moves over spaces and comments. */
  private skip(from = this.at): number {
    let at = from;
    for (;;) {
      while (/[ \t\n\r\v]/.test(this.text[at] ?? '')) at++;
      if (!this.text.startsWith('/*', at)) break;
      const end = this.text.indexOf('*/', at + 2);
      if (end < 0) throw new Unclear();
      at = end + 2;
    }
    if (from === this.at) this.at = at;
    return at;
  }

  private peek(from: number): Token | undefined {
    const { at } = this;
    this.at = from;
    const token = this.next();
    this.at = at;
    return token;
  }

  private next(): Token | undefined {
    const from = this.skip();
    const { text } = this;
    const first = text[from];
    if (first === undefined) return undefined;
    const end = this.endOf(first, from);
    this.at = end;
    const piece = text.slice(from, end);
    return { kind: kindOf(first, piece, this.isAfter), text: piece, from, to: end };
  }

  private endOf(first: string, from: number): number {
    const { text } = this;
    if (first === '"' || first === "'") return this.endOfText(first, from);
    if (first === '`') {
      const end = text.indexOf('`', from + 1);
      if (end < 0) throw new Unclear();
      return end + 1;
    }
    if (first === '/' && !this.isAfter) return this.endOfPattern(from);
    const number = /^(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/.exec(text.slice(from, from + 64));
    if (number !== null) return from + number[0].length;
    if (longSymbols.includes(text.slice(from, from + 2))) return from + 2;
    if (symbols.includes(first)) return from + 1;
    let end = from;
    while (end < text.length && !/[ \t\n\r\v]/.test(text[end] as string) && !symbols.includes(text[end] as string))
      end++;
    return end;
  }

  private endOfText(quote: string, from: number): number {
    for (let at = from + 1; at < this.text.length; at++) {
      if (this.text[at] === '\\') at++;
      else if (this.text[at] === quote) return at + 1;
    }
    throw new Unclear();
  }

  private endOfPattern(from: number): number {
    let depth = 0;
    for (let at = from + 1; at < this.text.length; at++) {
      const character = this.text[at] as string;
      if (character === '\\') at++;
      else if ('([{'.includes(character)) depth++;
      else if (')]}'.includes(character)) depth--;
      else if (character === '/' && depth === 0)
        return at + 1 + (/^[im]*/.exec(this.text.slice(at + 1))?.[0].length ?? 0);
    }
    throw new Unclear();
  }
}

const nameIn = ({ kind, text }: Token): string => (kind === 'quoted' ? text.slice(1, -1) : text);

function kindOf(first: string, piece: string, isAfter: boolean): Token['kind'] {
  if (first === '`') return 'quoted';
  if (first === '"' || first === "'" || /^\d/.test(piece) || (first === '/' && !isAfter)) return 'value';
  if (first === '$') return 'variable';
  return symbols.includes(first) ? 'symbol' : 'name';
}
