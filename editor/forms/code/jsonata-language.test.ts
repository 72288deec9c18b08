import { StringStream } from '@codemirror/language';
import { describe, expect, it } from 'vitest';
import { readToken, startState } from './jsonata-language.ts';
import { readTemplate, startTemplate } from './template-language.ts';

/** The pieces of a text as `kind text`, space left out. */
function pieces<State>(
  text: string,
  state: State,
  read: (stream: StringStream, state: State) => string | null,
): string[] {
  const found: string[] = [];
  for (const line of text.split('\n')) {
    const stream = new StringStream(line, 2, 2);
    while (!stream.eol()) {
      stream.start = stream.pos;
      const kind = read(stream, state);
      expect(stream.pos).toBeGreaterThan(stream.start);
      if (kind !== null) found.push(`${kind} ${stream.current()}`);
    }
  }
  return found;
}

const inExpression = (text: string) => pieces(text, startState(), readToken);
const inTemplate = (text: string) => pieces(text, startTemplate(), readTemplate);

describe('pieces of an expression', () => {
  it.each<[string, string[]]>([
    ['a.b', ['name a', 'separator .', 'name b']],
    ['"it\\"s" & \'x\'', ['string "it\\"s"', 'operator &', "string 'x'"]],
    ['1.5e3 - 2', ['number 1.5e3', 'operator -', 'number 2']],
    ['$sum(x)', ['function $sum', 'bracket (', 'name x', 'bracket )']],
    ['$x := true', ['variable $x', 'operator :=', 'constant true']],
    ['a in b and null', ['name a', 'word in', 'name b', 'word and', 'constant null']],
    ['a / b / c', ['name a', 'operator /', 'name b', 'operator /', 'name c']],
    ['a ~> /b[/]\\/c/i', ['name a', 'operator ~>', 'regexp /b[/]\\/c/i']],
    [
      'function($i){$i}',
      ['word function', 'bracket (', 'variable $i', 'bracket )', 'bracket {', 'variable $i', 'bracket }'],
    ],
    ['`content-type`', ['name `content-type`']],
    ['a /* b\nc */ d', ['name a', 'comment /* b', 'comment c */', 'name d']],
    ['"open\nstill" x', ['string "open', 'string still"', 'name x']],
    ['naïve.größe', ['name naïve', 'separator .', 'name größe']],
  ])('%s', (text, found) => expect(inExpression(text)).toEqual(found));
});

describe('pieces of a template', () => {
  it.each<[string, string[]]>([
    ['Hello {{name}}!', ['text Hello ', 'brace {{', 'name name', 'brace }}', 'text !']],
    ['{"a": 1}', ['text {"a": 1}']],
    [
      '{{ {"a": {}} }}',
      ['brace {{', 'bracket {', 'string "a"', 'separator :', 'bracket {', 'bracket }', 'bracket }', 'brace }}'],
    ],
    ['{{"}}"}}', ['brace {{', 'string "}}"', 'brace }}']],
    ['{{a\n}} b', ['brace {{', 'name a', 'brace }}', 'text  b']],
  ])('%s', (text, found) => expect(inTemplate(text)).toEqual(found));
});
