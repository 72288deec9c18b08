import { useEffect, useState } from 'react';
import { Icon } from '../../ui/icon.tsx';
import type { ExpressionLanguage, Outcome } from './expression-messages.ts';
import { expressions } from './expressions.ts';

/** How long after the last key an expression is evaluated, in ms. */
const afterMs = 200;

/** What an expression gives for the data of the last run, below its field. */
export function Preview({ language, text, data }: { language: ExpressionLanguage; text: string; data: unknown }) {
  const outcome = useOutcome(language, text, data);
  if (data === undefined) return <p className="code-preview">No run yet. Simulate to see a value.</p>;
  if (text.trim() === '' || outcome === null || outcome.kind === 'fault') return <p className="code-preview" />;
  if (outcome.kind === 'failure') {
    return (
      <p className="code-preview code-preview-failed">
        <Icon name="warn" size={12} />
        <span>{outcome.message}</span>
      </p>
    );
  }
  return (
    <p className="code-preview">
      <Icon name="eye" size={12} />
      <output className="code-value cut" aria-label="Preview" title={outcome.short}>
        {outcome.short}
      </output>
      <span className="code-type">{outcome.type}, last run</span>
    </p>
  );
}

/** The latest outcome; the one before stands until the next is there, so that nothing flickers as one types. */
function useOutcome(language: ExpressionLanguage, text: string, data: unknown): Outcome | null {
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  useEffect(() => {
    if (data === undefined || text.trim() === '') {
      setOutcome(null);
      return;
    }
    let isWanted = true;
    const timer = setTimeout(() => {
      void expressions.evaluate(language, text, data).then((answer) => {
        // A text that is half typed has no value; its fault is shown by the field.
        if (isWanted && answer.kind !== 'fault') setOutcome(answer);
      });
    }, afterMs);
    return () => {
      isWanted = false;
      clearTimeout(timer);
    };
  }, [language, text, data]);
  return outcome;
}
