import { LRUCache } from 'lru-cache';
import { ActionFailure } from '../../actions/kit/define.ts';
import { compileJsonata, ExpressionFault } from './jsonata.ts';

/** Characters of one expression that comes as data; the parser takes the square of that for a path of very many steps. */
const longest = 16 * 1024;
const kept = new LRUCache<string, (data: unknown) => unknown>({ maxSize: 32 * longest });

/** Compiles an expression that comes as data while a run goes on. Fails with expression-invalid. */
export function expressionOf(text: string): (data: unknown) => unknown {
  const known = kept.get(text);
  if (known !== undefined) return known;
  if (text.length > longest) {
    throw new ActionFailure(
      'expression-invalid',
      `The expression has ${text.length} characters; allowed are ${longest}.`,
    );
  }
  try {
    const compiled = compileJsonata(text);
    kept.set(text, compiled, { size: text.length + 1 });
    return compiled;
  } catch (thrown) {
    if (!(thrown instanceof ExpressionFault)) throw thrown;
    const { message, position } = thrown;
    throw new ActionFailure('expression-invalid', `At character ${position + 1}: ${message}`, { position });
  }
}
