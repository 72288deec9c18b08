import { lazy, Suspense } from 'react';
import type { ActionAnswer } from '../../engine/control/api/action-answer.ts';
import { type FieldSchema, typeText } from '../forms/field-schema.ts';
import { Icon } from '../ui/icon.tsx';
import { exampleInput, exampleText } from './example-input.ts';

const Markdown = lazy(() => import('./markdown.tsx'));

/** The documentation of one action. */
export function ActionHelp({
  action,
  isKnown,
  onOpen,
  onInsert,
}: {
  action: ActionAnswer;
  /** Whether there is an action of this id. */
  isKnown(id: string): boolean;
  /** Shows another action's documentation. */
  onOpen(id: string): void;
  /** Fills in the inputs of the action that is chosen; undefined where none of this kind is. */
  onInsert: ((input: NonNullable<ReturnType<typeof exampleInput>>) => void) | undefined;
}) {
  const { id, title, summary, documentation, input, output, failures, examples, keywords } = action;
  const fields = Object.entries(input.properties) as [string, FieldSchema & { 'x-refers'?: string }][];
  const codeAsLink = (code: string) =>
    code !== id && isKnown(code) ? (
      <button type="button" className="help-link" onClick={() => onOpen(code)}>
        {code}
      </button>
    ) : null;
  return (
    <article className="help" aria-label={`Help for ${title}`}>
      <header>
        <h2>{title}</h2>
        <code className="t3">{id}</code>
      </header>
      <p className="help-summary">{summary}</p>
      {documentation !== '' && (
        <div className="help-text">
          <Suspense fallback={<p>{documentation}</p>}>
            <Markdown text={documentation} codeAsLink={codeAsLink} />
          </Suspense>
        </div>
      )}
      <h3>Fields</h3>
      {fields.length === 0 ? (
        <p className="t2">It takes none.</p>
      ) : (
        <dl className="help-fields">
          {fields.map(([name, schema]) => (
            <Field key={name} name={name} schema={schema} isNeeded={input.required.includes(name)} />
          ))}
        </dl>
      )}
      <h3>Result</h3>
      <p className="t2">{output === null ? 'None.' : `${capitalised(resultText(output as FieldSchema))}.`}</p>
      {Object.keys(failures).length > 0 && (
        <>
          <h3>Failures</h3>
          <dl className="help-fields">
            {Object.entries(failures).map(([code, when]) => (
              <div key={code}>
                <dt>
                  <code>{code}</code>
                </dt>
                <dd>{when}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      <h3>Examples</h3>
      <ul className="help-examples">
        {examples.map((example, index) => (
          <li key={index}>
            <ExampleCard example={example} input={exampleInput(action, example.given)} onInsert={onInsert} />
          </li>
        ))}
      </ul>
      {keywords.length > 0 && <p className="help-keywords">Also found as: {keywords.join(', ')}.</p>}
    </article>
  );
}

const resultText = (schema: FieldSchema): string => {
  const type = typeText(schema);
  return type === 'any' ? 'any value' : type;
};

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const Field = ({ name, schema, isNeeded }: { name: string; schema: FieldSchema; isNeeded: boolean }) => {
  const {
    title,
    description,
    default: fallback,
  } = schema as { title?: string; description?: string; default?: unknown };
  // A title that says the name once more adds nothing.
  const isSaid = title?.toLowerCase() === name.toLowerCase();
  const about = [isSaid ? undefined : title, description].filter(Boolean).join(': ');
  return (
    <div>
      <dt>
        <code>{name}</code>
        <span className="t3">{typeText(schema)}</span>
        {isNeeded && <span className="help-needed">needed</span>}
        {fallback !== undefined && <span className="t3">{exampleText(fallback)} if left out</span>}
      </dt>
      {about !== '' && <dd>{about}</dd>}
      {schema.enum !== undefined && <dd>One of {schema.enum.map((value) => JSON.stringify(value)).join(', ')}.</dd>}
    </div>
  );
};

function ExampleCard({
  example: { given, gives, fails, note },
  input,
  onInsert,
}: {
  example: ActionAnswer['examples'][number];
  input: ReturnType<typeof exampleInput>;
  onInsert: ((input: NonNullable<ReturnType<typeof exampleInput>>) => void) | undefined;
}) {
  return (
    <>
      <dl className="help-example">
        {Object.entries(given).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{exampleText(value)}</dd>
          </div>
        ))}
        <div className={fails === undefined ? 'help-gives' : 'help-fails'}>
          <dt>
            <Icon name={fails === undefined ? 'to' : 'failed'} size={12} />
            <span className="vh">{fails === undefined ? 'gives' : 'fails with'}</span>
          </dt>
          <dd>{fails ?? exampleText(gives)}</dd>
        </div>
      </dl>
      {note !== undefined && <p className="t2">{note}</p>}
      {onInsert !== undefined && fails === undefined && input !== null && (
        <button type="button" className="btn btn-s" onClick={() => onInsert(input)}>
          Insert Example
        </button>
      )}
    </>
  );
}
