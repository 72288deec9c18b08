/** A part of a text that is to be replaced. */
export interface Span {
  start: number;
  end: number;
}

/** Finds what one kind of secret looks like. Each works in time proportional to the text. */
export type Finder = (text: string) => Span[];

/** A text with more secrets of one kind is taken for one secret from there to its end: marks cost time. */
export const maxSpans = 1000;

/** What a pattern matches and `pick` makes a span of. */
export const spansOf = (text: string, pattern: RegExp, pick: (match: RegExpExecArray) => Span | undefined): Span[] => {
  const spans: Span[] = [];
  for (const match of text.matchAll(pattern)) {
    const span = pick(match);
    if (span === undefined) continue;
    if (spans.length >= maxSpans) span.end = text.length;
    spans.push(span);
    if (spans.length > maxSpans) break;
  }
  return spans;
};
