import { expressionKind } from '../../engine/document/expression.ts';
import type { Json, Operation } from '../../engine/document/types.ts';
import { FieldList } from '../forms/field-list.tsx';
import type { FieldSchema } from '../forms/field-schema.ts';
import { FormContext } from '../forms/form-context.ts';
import { useOperationForm } from './use-form.ts';

const response: { readonly [name: string]: FieldSchema } = {
  status: {
    type: 'integer',
    minimum: 100,
    maximum: 599,
    default: 200,
    title: 'Status',
    description: 'The HTTP status.',
  },
  headers: {
    type: 'object',
    title: 'Headers',
    description: 'By name. A body of text is text/plain, any other JSON, unless content-type says so.',
  },
  body: { title: 'Body', description: 'What is sent. Left out, the answer has no body.' },
};

/** What a run gives: for a request its status, headers and body, else one value. */
export function OutputForm({ operation, of }: { operation: Operation; of: 'workflow' | 'onError' }) {
  const output = operation[of]?.output;
  const isResponse = 'method' in operation && isResponseLike(output);
  const form = useOperationForm(operation, {
    id: of === 'workflow' ? 'end' : 'onError',
    title: of === 'workflow' ? 'the output' : 'the error output',
    node: of === 'workflow' ? 'end' : 'onError',
    pointer: isResponse ? `/${of}/output` : `/${of}`,
    within(before, change) {
      const workflow = before[of];
      if (workflow === undefined) return before;
      const part = (isResponse ? workflow.output : workflow) as Json | undefined;
      const after = change(part);
      if (after === part) return before;
      if (!isResponse) return { ...before, [of]: after };
      const { output: _, ...others } = workflow;
      return { ...before, [of]: after === undefined ? others : { ...others, output: after } };
    },
  });
  const { Part } = form;
  return (
    <FormContext value={form}>
      {isResponse ? (
        <FieldList properties={response} required={[]} value={(output ?? {}) as { [name: string]: Json }} />
      ) : (
        <Part
          field={{
            path: ['output'],
            name: 'output',
            label: 'output',
            schema: { title: 'Output', description: 'What the run gives. Left out, the result of the last action.' },
            isRequired: false,
          }}
          value={output}
        />
      )}
    </FormContext>
  );
}

/** An object that names parts of a response and nothing else. */
const isResponseLike = (output: Json | undefined): boolean =>
  output === undefined ||
  (typeof output === 'object' &&
    output !== null &&
    !Array.isArray(output) &&
    expressionKind(output) === undefined &&
    Object.keys(output).every((key) => Object.hasOwn(response, key)));
