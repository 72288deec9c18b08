import { useId } from 'react';
import type { Json } from '../../../engine/document/types.ts';
import { faultOf } from '../field-schema.ts';
import { type FrameProps, LineFrame } from '../frames.tsx';
import { Misfit } from '../misfit.tsx';
import { useFieldEdit } from '../use-field.ts';

/** Text that grows with what is in it. */
export const TextControl = (props: FrameProps) => <Text {...props} />;

/** A moment as RFC 3339 writes it. */
export const DateTimeControl = (props: FrameProps) => <Text {...props} example="2026-11-21T12:00:00Z" />;

function Text({ example, ...frame }: FrameProps & { example?: string }) {
  const { field, schema, value, onKind } = frame;
  const id = useId();
  const { type, leave } = useFieldEdit(field);
  const text = typeof value === 'string' ? value : '';
  return (
    <LineFrame
      {...frame}
      id={id}
      note={<TextNote field={field} value={value} schema={schema} onTemplate={onKind && (() => onKind('template'))} />}
    >
      <textarea
        id={id}
        className="vf-text"
        aria-label={field.label}
        aria-describedby={`${id}-note`}
        rows={Math.min(12, text.split('\n').length)}
        value={text}
        placeholder={placeholderOf(schema.default, example)}
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onBlur={leave}
      />
    </LineFrame>
  );
}

const placeholderOf = (fallback: Json | undefined, example: string | undefined): string | undefined =>
  fallback !== undefined ? (fallback === '' ? 'empty text if left out' : String(fallback)) : example;

/** What one cannot see in a text, and what may not be meant. */
function TextNote({
  field,
  value,
  schema,
  onTemplate,
}: Pick<FrameProps, 'field' | 'value' | 'schema'> & { onTemplate: (() => void) | undefined }) {
  if (value !== undefined && faultOf(schema, value) !== undefined)
    return <Misfit field={field} schema={schema} value={value} />;
  if (typeof value !== 'string') return null;
  if (value !== '' && value.trim() === '') return <p className="vf-hint">{blanks(value)}</p>;
  if (onTemplate !== undefined && /\{\{.*\}\}/s.test(value))
    return (
      <p className="vf-hint">
        What stands in braces is text here.{' '}
        <button type="button" className="link" onClick={onTemplate}>
          Make It A Template
        </button>
      </p>
    );
  return null;
}

const blanks = (text: string): string => {
  const counts = [
    { count: text.split(' ').length - 1, word: 'space' },
    { count: text.split('\n').length - 1, word: 'line end' },
    { count: text.split('\t').length - 1, word: 'tab' },
  ];
  return counts
    .filter(({ count }) => count > 0)
    .map(({ count, word }) => `${count} ${word}${count === 1 ? '' : 's'}`)
    .join(', ');
};
