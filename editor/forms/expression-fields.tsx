import { useId } from 'react';
import { CodeField } from './code/code-field.tsx';
import { useForm } from './form-context.ts';
import { type FrameProps, LineFrame } from './frames.tsx';
import { useFieldEdit } from './use-field.ts';

/** A JSONata expression over all scopes. */
export const JsonataField = (props: FrameProps) => <Expression {...props} written="jsonata" />;

/** Text with JSONata in braces. */
export const TemplateField = (props: FrameProps) => <Expression {...props} written="template" />;

function Expression({ written, ...frame }: FrameProps & { written: 'jsonata' | 'template' }) {
  const { field, value } = frame;
  const id = useId();
  const form = useForm();
  const { type, leave } = useFieldEdit(field);
  const key = `$${written}`;
  const text = (value as { [key: string]: unknown } | undefined)?.[key];
  return (
    <LineFrame {...frame} id={id} showsFaults>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: only hears that the focus goes */}
      <div className="vf-code" onBlur={leave}>
        <CodeField
          kind={written}
          value={typeof text === 'string' ? text : ''}
          label={field.label}
          scopes={form.scopesAt(field.path)}
          data={form.data}
          preview
          onChange={(typed) => type({ [key]: typed })}
        />
      </div>
    </LineFrame>
  );
}
