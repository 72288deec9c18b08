import { expressionKind } from '../../engine/document/expression.ts';
import { branchFor, faultOf, rangeText, typeOf, typeText } from './field-schema.ts';
import { useForm } from './form-context.ts';
import { Fault, type FrameProps } from './frames.tsx';

/** That a literal is not what its field takes, until the engine says it. */
export function Misfit({ field, schema, value }: Pick<FrameProps, 'field' | 'schema' | 'value'>) {
  const form = useForm();
  if (form.faultsAt(field.path, true).length > 0) return null;
  if (value === undefined || expressionKind(value) !== undefined) return null;
  const branch = branchFor(field.schema, value);
  const allowed = schema.type === 'number' || schema.type === 'integer' ? rangeText(schema) : typeText(field.schema);
  const message = branch === undefined ? `Allowed is ${allowed}, found ${typeOf(value)}.` : faultOf(branch, value);
  return message === undefined ? null : <Fault severity="warning" message={message} />;
}
