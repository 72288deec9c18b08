import { arity, type Operator, operators } from '../../document/expression.ts';
import { alternatives, found, quote } from '../../document/found.ts';
import type { Json } from '../../document/types.ts';
import type { Source } from '../source.ts';
import type { Around } from './around.ts';
import { raise } from './steps.ts';

const aliases: ReadonlyMap<string, Operator> = new Map([
  ['eq', 'equal'],
  ['equals', 'equal'],
  ['==', 'equal'],
  ['===', 'equal'],
  ['ne', 'not-equal'],
  ['neq', 'not-equal'],
  ['not-equals', 'not-equal'],
  ['!=', 'not-equal'],
  ['!==', 'not-equal'],
  ['gt', 'greater-than'],
  ['larger-than', 'greater-than'],
  ['>', 'greater-than'],
  ['gte', 'greater-than-or-equal'],
  ['greater-than-equal', 'greater-than-or-equal'],
  ['larger-than-or-equal', 'greater-than-or-equal'],
  ['>=', 'greater-than-or-equal'],
  ['lt', 'less-than'],
  ['<', 'less-than'],
  ['lte', 'less-than-or-equal'],
  ['less-than-equal', 'less-than-or-equal'],
  ['<=', 'less-than-or-equal'],
  ['&&', 'and'],
  ['||', 'or'],
  ['!', 'not'],
]);

function operatorOf(type: string): Operator | undefined {
  const name = type
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
    .replace(/^is-/, '')
    .replace(/-to$/, '');
  return operators.find((operator) => operator === name) ?? aliases.get(name);
}

/** A Comparison or an Operator (AND, OR, NOT) as `{"$op": …, "of": […]}`. One that does not exist here fails when it is reached. */
export function convertComparison(source: Source, around: Around): Json {
  const type = source.at('type').text ?? '';
  const list = source.at('value');
  const operands = Array.isArray(list.value) ? list.items : list.value === undefined ? [] : [list];
  const operator = operatorOf(type);
  if (operator === undefined) {
    const message = `There is no comparison ${quote(type)}.`;
    around.report.warn(
      around.node,
      source,
      `${message} A run fails when it gets there. There are ${alternatives(operators)}.`,
    );
    return raise(message, around);
  }
  // All of nothing holds, any of nothing does not.
  if (operands.length === 0 && (operator === 'and' || operator === 'or')) return operator === 'and';
  const { least, most } = arity(operator);
  if (operands.length < least || operands.length > most) {
    const message = `The comparison "${operator}" takes ${least === 1 ? 'one value' : 'two values'}, found ${found(list.value)}.`;
    around.report.warn(around.node, source, `${message} A run fails when it gets there.`);
    return raise(message, around);
  }
  return { $op: operator, of: operands.map((operand) => around.convert(operand, around)) };
}
