import type { ActionDefinition } from '../kit/index.ts';
import { markdownIndex, markdownPage, pathOf } from './markdown.ts';
import { searchPage } from './search-page.ts';

/** The documentation of a library: texts by their path below docs/actions. The same library gives the same texts. */
export const pagesOf = (library: readonly ActionDefinition[]): Map<string, string> =>
  new Map([
    ...library.map((action) => [pathOf(action.id), markdownPage(action)] as const),
    ['README.md', markdownIndex(library)],
    ['index.html', searchPage(library)],
  ]);
