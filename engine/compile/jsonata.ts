import { parse } from './jsonata/ast.ts';
import { type Roots, rootsOf } from './jsonata/roots.ts';

export { checkJsonata, compileJsonata } from './jsonata/expression.ts';
export { ExpressionFault } from './jsonata/fault.ts';
export { checkTemplate, compileTemplate } from './jsonata/template.ts';

/**
 * The top-level keys of its data that an expression can touch, or 'all' where that cannot be told. Fails with an
 * ExpressionFault if the text is no expression.
 */
export const rootNames = (text: string): Roots => rootsOf(parse(text));
