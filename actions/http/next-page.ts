import { ActionFailure, describeValue, isPlainObject } from '../kit/index.ts';
import type { Answer } from '../support/http/content.ts';
import { findLink } from '../support/http/link.ts';

export const styles = ['link-header', 'body-url', 'cursor', 'page', 'offset'] as const;
export type Style = (typeof styles)[number];

/** What leads to a page: a URL, a cursor, a number of a page, or how many items come before it. */
export type Place = string | number;

const isIndex = (part: string): boolean => /^\d{1,9}$/.test(part);

/** What is at a path, given as keys or as text with dots; undefined where the path ends early. */
export const lookUp = (body: unknown, path: string | readonly unknown[]): unknown => {
  const parts = typeof path === 'string' ? path.split('.').filter((part) => part !== '') : path.map(String);
  return parts.reduce<unknown>((found, part) => {
    if (Array.isArray(found)) return isIndex(part) ? found[Number(part)] : undefined;
    return isPlainObject(found) && Object.hasOwn(found, part) ? found[part] : undefined;
  }, body);
};

interface Turn {
  readonly style: Style;
  readonly place: Place | undefined;
  /** URL of the page that was read. */
  readonly url: string;
  /** How many items it had, and how many a full one has, if that is known. */
  readonly count: number;
  readonly size: number | undefined;
  readonly path: string | readonly unknown[] | undefined;
}

/** Where the next page is; undefined after the last. Throws response-invalid for a page that leads nowhere good. */
export const findNext = (answer: Answer, { style, place, url, count, size, path }: Turn): Place | undefined => {
  switch (style) {
    case 'link-header': {
      const target = findLink(answer.headers.link ?? '', 'next');
      return target === undefined ? undefined : nextUrl(target, url);
    }
    case 'body-url': {
      const target = cursorAt(answer.body, path ?? 'next');
      return target === undefined ? undefined : nextUrl(String(target), url);
    }
    case 'cursor':
      return cursorAt(answer.body, path ?? 'next');
    default: {
      if (count === 0 || (size !== undefined && count < size)) return undefined;
      return Number(place) + (style === 'page' ? 1 : count);
    }
  }
};

const cursorAt = (body: unknown, path: string | readonly unknown[]): Place | undefined => {
  const found = lookUp(body, path) ?? null;
  if (found === null || found === false || found === '') return undefined;
  if (typeof found === 'string' || typeof found === 'number') return found;
  throw new ActionFailure(
    'response-invalid',
    `\`next\` must lead to a text, a number or null in each page, found ${describeValue(found)}`,
  );
};

/** A server may not send the workflow's credentials elsewhere; one behind a proxy often only thinks that it is called by http. */
export const nextUrl = (target: string, from: string): string => {
  const here = new URL(from);
  const next = URL.canParse(target, from) ? new URL(target, from) : undefined;
  if (next?.protocol === 'http:' && here.protocol === 'https:' && next.hostname === here.hostname && next.port === '') {
    next.protocol = 'https:';
    next.port = here.port;
  }
  if (next?.origin === here.origin && next.username === '' && next.password === '') return next.href;
  throw new ActionFailure(
    'response-invalid',
    `The next page must be at ${here.origin} like the first, found ${next === undefined ? 'no URL' : next.origin}; ask for it with http/request`,
  );
};
