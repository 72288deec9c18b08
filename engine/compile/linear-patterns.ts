import type { Options } from 'ajv';

type RegExpEngine = NonNullable<NonNullable<Options['code']>['regExp']>;

/**
 * The engine for `pattern` in schemas: time proportional to the text (RE2's syntax), since a caller chooses the text.
 * Compiling a schema fails for a pattern with look-around or back-references.
 */
export async function loadLinearPatterns(): Promise<RegExpEngine> {
  const { RE2JS } = await import('re2js');
  const engine = (pattern: string) => {
    const regex = RE2JS.compile(RE2JS.translateRegExp(pattern));
    // The validator keeps patterns by their text.
    return { test: (text: string) => regex.matcher(text).find(), toString: () => pattern };
  };
  return Object.assign(engine, { code: 'linear' });
}
