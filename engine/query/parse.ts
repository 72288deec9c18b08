import { alternatives, quote } from '../document/found.ts';
import { nearest } from '../document/nearest.ts';
import { type Fields, fieldNamed, recordFields } from './fields.ts';
import { anyPart, type Comparison, type PathPart, type Query, QueryFault } from './query.ts';
import { valueTest, type WrittenValue } from './value-test.ts';

const longestQuery = 4096;
const deepest = 32;
const mostTerms = 100;

const term = 'a word, "a phrase", field:value or a group in parentheses';

/**
 * Takes a query apart: words and "phrases" that must occur, `-not`, `field:value`, `OR`, parentheses.
 * @param fields those that may be named; by default those of log records
 * @throws QueryFault
 */
export function parseQuery(text: string, fields: Fields = recordFields): Query {
  if (text.length > longestQuery) {
    throw new QueryFault(
      longestQuery + 1,
      `the query has ${text.length} characters; it may have ${longestQuery}. Make it shorter.`,
    );
  }
  return new Parser(text, fields).whole();
}

/** A name, then keys below it: `input.body."a key".*.id:` */
const fieldHead = /([A-Za-z]\w*)((?:\.(?:"(?:[^"\\]|\\.)*"|[^\s:"().]+))*):/y;
const pathPart = /\.(?:"((?:[^"\\]|\\.)*)"|([^.]+))/g;
const wordRun = /[^\s()"]+/y;
const phraseRun = /"((?:[^"\\]|\\.)*)"/sy;
const unescaped = (inside: string): string => inside.replace(/\\(["\\])/g, '$1');

class Parser {
  private at = 0;
  private terms = 0;
  private depth = 0;

  constructor(
    private readonly text: string,
    private readonly fields: Fields,
  ) {}

  whole(): Query {
    if (this.isAtEnd()) return { kind: 'and', of: [] };
    const query = this.any();
    if (this.isAtEnd()) return query;
    throw this.fault('found ")" without a "(" before it. Leave it out, or put it in quotes.');
  }

  private any(): Query {
    const of = [this.all()];
    while (this.keyword('OR')) of.push(this.all());
    return of.length === 1 ? (of[0] as Query) : { kind: 'or', of };
  }

  private all(): Query {
    const of = [this.one()];
    while (!this.isAtEnd() && this.text[this.at] !== ')' && !this.sees('OR')) {
      this.keyword('AND');
      of.push(this.one());
    }
    return of.length === 1 ? (of[0] as Query) : { kind: 'and', of };
  }

  private one(): Query {
    if (this.isAtEnd()) throw this.fault(`found the end, expected ${term}.`);
    const sign = this.text[this.at];
    if (sign === '-' || this.sees('NOT')) {
      this.at += sign === '-' ? 1 : 'NOT'.length;
      if (sign === '-') this.mustFollow('-');
      return { kind: 'not', of: this.deeper(() => this.one()) };
    }
    // What must occur, as others write it; here everything must.
    if (sign === '+') {
      this.at += 1;
      this.mustFollow('+');
      return this.deeper(() => this.one());
    }
    for (const word of ['OR', 'AND'])
      if (this.sees(word)) throw this.fault(`found ${word}, expected ${term}. Put it in quotes to look for the word.`);
    return sign === '(' ? this.group() : this.term();
  }

  private group(): Query {
    const opened = this.at;
    this.at += 1;
    const inside = this.deeper(() => this.any());
    if (!this.isAtEnd()) {
      this.at += 1;
      return inside;
    }
    throw this.fault('the "(" here is not closed. Add a ")", or put it in quotes.', opened);
  }

  private term(): Query {
    if (this.text[this.at] === ')') throw this.fault(`found ")", expected ${term}. Put it in quotes to look for it.`);
    this.terms += 1;
    if (this.terms > mostTerms) throw this.fault(`there are more than ${mostTerms} terms. Leave some out.`);
    if (this.text[this.at] === '"') return { kind: 'text', text: this.phrase().toLowerCase() };
    const head = this.match(fieldHead);
    // An address of the web is a word.
    if (head === null || this.text.startsWith('//', this.at + head[0].length))
      return { kind: 'text', text: (this.take(wordRun)?.[0] ?? '').toLowerCase() };
    return this.field(head);
  }

  private field([whole, name = '', keys = '']: RegExpExecArray): Query {
    const begun = this.at;
    const known = fieldNamed(name, this.fields);
    if (known === undefined) throw this.unknownField(name);
    if (keys !== '' && known.field.form !== 'data') {
      const deep = Object.keys(this.fields).filter((each) => this.fields[each]?.form === 'data');
      throw this.fault(`${known.name} has nothing inside; paths lead into ${alternatives(deep)}.`, begun);
    }
    this.at += whole.length;
    const path = [...keys.matchAll(pathPart)].map(([, quoted, bare]): PathPart => {
      if (quoted !== undefined) return unescaped(quoted);
      return bare === '*' ? anyPart : (bare as string);
    });
    if (path.length > deepest) throw this.fault(`the path is longer than ${deepest} keys.`, begun);
    const written = this.value(known.name);
    return {
      kind: 'field',
      field: known.name,
      path,
      test: valueTest(known.name, known.field, written, path.length > 0),
    };
  }

  private unknownField(name: string): QueryFault {
    const names = Object.keys(this.fields);
    const near = nearest(name, names);
    const isOfRecords = this.fields !== recordFields && fieldNamed(name, recordFields) !== undefined;
    const remedy = isOfRecords
      ? `Records have it, runs have ${alternatives(names)}.`
      : near === undefined
        ? `Fields are ${alternatives(names)}.`
        : `Did you mean "${near}"?`;
    return this.fault(`there is no field ${quote(name)}. ${remedy} To look for the text, put it in quotes.`);
  }

  private value(name: string): WrittenValue {
    const how = (this.take(/>=|<=|>|<|/y)?.[0] || null) as Comparison | null;
    const column = this.columnOf(this.at);
    const isQuoted = this.text[this.at] === '"';
    const text = isQuoted ? this.phrase() : (this.take(wordRun)?.[0] ?? '');
    const next = this.text[this.at] ?? ' ';
    if (text === '' && !isQuoted)
      throw this.fault(`${name}:${how ?? ''} needs a value right after it, found ${this.found()}.`);
    if (!/[\s)]/.test(next)) throw this.fault(`found ${this.found()} in a value. Put the value in quotes.`);
    return { how, text, isQuoted, column };
  }

  private phrase(): string {
    const opened = this.at;
    const matched = this.take(phraseRun);
    if (matched === null)
      throw this.fault('the quotes here are not closed. Add a ", or write \\" for a quote.', opened);
    return unescaped(matched[1] as string);
  }

  private deeper(inside: () => Query): Query {
    this.depth += 1;
    if (this.depth > deepest) throw this.fault(`the query is nested more than ${deepest} deep. Leave out some of it.`);
    const query = inside();
    this.depth -= 1;
    return query;
  }

  private isAtEnd(): boolean {
    this.take(/\s*/y);
    return this.at >= this.text.length;
  }

  /** Whether a word of the grammar stands here by itself. */
  private sees(word: string): boolean {
    return this.text.startsWith(word, this.at) && /[\s()"]/.test(this.text[this.at + word.length] ?? ' ');
  }

  private keyword(word: string): boolean {
    this.isAtEnd();
    if (!this.sees(word)) return false;
    this.at += word.length;
    return true;
  }

  private mustFollow(sign: string): void {
    if (/[\s)]/.test(this.text[this.at] ?? ' '))
      throw this.fault(`found a lone ${quote(sign)}. Put it in quotes, or right before ${term}.`, this.at - 1);
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text);
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    const matched = this.match(pattern);
    this.at += matched?.[0].length ?? 0;
    return matched;
  }

  private found(): string {
    const rest = this.text.slice(this.at);
    return rest.trim() === '' ? 'the end' : quote(rest.trimStart().slice(0, 1));
  }

  private columnOf(at: number): number {
    return [...this.text.slice(0, at)].length + 1;
  }

  private fault(reason: string, at = this.at): QueryFault {
    return new QueryFault(this.columnOf(at), reason);
  }
}
