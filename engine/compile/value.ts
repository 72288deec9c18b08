import {
  type DoExpression,
  expressionKind,
  type JsonataExpression,
  type LiteralExpression,
  type OperatorExpression,
  type ReferenceExpression,
  type SecretExpression,
  type TemplateExpression,
} from '../document/expression.ts';
import type { Json, Value } from '../document/types.ts';
import { RunFailure } from '../run/failure.ts';
import type { OperationBuilder } from './builder.ts';
import { assemble, type Compiled, constant, dynamic, evaluateAll, objectOf } from './evaluate.ts';
import { compileJsonata, compileTemplate } from './jsonata.ts';
import { compileOperator } from './operator.ts';
import { compileReference } from './reference.ts';
import { scopesFor } from './scope-data.ts';

/** Compiles any value of a document: a literal with expressions anywhere inside it. */
export function compileValue(value: Value, build: OperationBuilder): Compiled {
  switch (expressionKind(value)) {
    case '$literal':
      return constant((value as unknown as LiteralExpression).$literal);
    case '$ref':
      return dynamic(compileReference((value as unknown as ReferenceExpression).$ref, build));
    case '$op': {
      const { $op, of } = value as unknown as OperatorExpression;
      return dynamic(
        compileOperator(
          $op,
          of.map((part) => build.value(part).evaluate),
        ),
      );
    }
    case '$jsonata': {
      const { $jsonata: text } = value as unknown as JsonataExpression;
      const expression = compileJsonata(text);
      const data = scopesFor(build.needs(expression.roots, text));
      return dynamic((scopes) => expression(data(scopes)));
    }
    case '$template': {
      const { $template: text } = value as unknown as TemplateExpression;
      const template = compileTemplate(text);
      if (template.constant !== undefined) return constant(template.constant);
      const data = scopesFor(build.needs(template.roots, text));
      return dynamic((scopes) => template.evaluate(data(scopes)));
    }
    case '$secret': {
      const name = (value as unknown as SecretExpression).$secret;
      return dynamic((scopes) => {
        const secret = scopes.run.environment.secret(name);
        if (secret === undefined)
          throw new RunFailure(
            'secret-unknown',
            `The secret "${name}" cannot be used: none is stored under that name, or its key is not there. The list of secrets says which.`,
          );
        return secret;
      });
    }
    case '$do': {
      const workflow = build.workflow((value as unknown as DoExpression).$do);
      return dynamic(workflow);
    }
    default:
      if (typeof value !== 'object' || value === null) return constant(value);
      return Array.isArray(value) ? compileArray(value, build) : compileObject(value, build);
  }
}

/** The value of what is constant: it needs no run. */
const constantOf = (part: Compiled): unknown => part.evaluate(undefined as never);

function compileArray(items: Json[], build: OperationBuilder): Compiled {
  const parts = items.map((item) => build.value(item));
  if (parts.every((part) => part.constant)) return constant(parts.map(constantOf));
  const evaluates = parts.map((part) => part.evaluate);
  return dynamic((scopes) => evaluateAll(evaluates, scopes));
}

function compileObject(value: { [key: string]: Json }, build: OperationBuilder): Compiled {
  const keys = Object.keys(value);
  const parts = keys.map((key) => build.value(value[key] as Json));
  if (parts.every((part) => part.constant)) return constant(assemble(keys, parts.map(constantOf)));
  return dynamic(
    objectOf(
      keys,
      parts.map((part) => part.evaluate),
    ),
  );
}
