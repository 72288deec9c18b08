import MarkdownIt, { type Token } from 'markdown-it';
import { createElement, Fragment, type ReactNode } from 'react';

const parser = new MarkdownIt({ html: false, linkify: false });

/** What a name in backquotes stands for; null for code. */
export type CodeAsLink = (code: string) => ReactNode | null;

/** Markdown as elements of the page. HTML in it is text, and no address leads out of the editor. */
export default function Markdown({ text, codeAsLink }: { text: string; codeAsLink: CodeAsLink }) {
  return <>{nested(parser.parse(text, {}), codeAsLink)}</>;
}

const inTags: ReadonlySet<string> = new Set([
  ...['p', 'ul', 'ol', 'li', 'strong', 'em', 's', 'blockquote', 'h3', 'h4', 'h5', 'h6'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td'],
]);

/** Tokens come as a list in which some open and some close an element. */
function nested(tokens: readonly Token[], codeAsLink: CodeAsLink): ReactNode[] {
  const levels: ReactNode[][] = [[]];
  for (const [index, token] of tokens.entries()) {
    if (token.hidden) continue;
    if (token.nesting === 1) {
      levels.push([]);
      continue;
    }
    const inside = token.nesting === -1 ? levels.pop() : undefined;
    levels
      .at(-1)
      ?.push(
        <Fragment key={index}>{inside === undefined ? leaf(token, codeAsLink) : element(token.tag, inside)}</Fragment>,
      );
  }
  return levels[0] ?? [];
}

const element = (tag: string, inside: ReactNode[]): ReactNode =>
  inTags.has(tag) ? createElement(tag, null, ...inside) : inside;

function leaf(token: Token, codeAsLink: CodeAsLink): ReactNode {
  switch (token.type) {
    case 'inline':
      return nested(token.children ?? [], codeAsLink);
    case 'code_inline':
      return codeAsLink(token.content) ?? <code>{token.content}</code>;
    case 'fence':
    case 'code_block':
      return <pre className="help-code">{token.content.trimEnd()}</pre>;
    case 'softbreak':
      return ' ';
    case 'hardbreak':
      return <br />;
    case 'hr':
      return <hr />;
    default:
      return token.content;
  }
}
