export type ExpressionLanguage = 'jsonata' | 'template';

/** What is wrong with a text, and where: characters from its start, from 0. */
export interface ExpressionFault {
  message: string;
  position: number;
}

/** What an expression gives. */
export type Outcome =
  | { kind: 'value'; short: string; type: string }
  /** It is in order, but fails with this data. */
  | { kind: 'failure'; message: string }
  /** It is not in order. */
  | { kind: 'fault' };

/** What the page asks of the worker that knows expressions. */
export type ExpressionQuestion =
  /** What the expressions that come after are evaluated over. */
  | { ask: 'take'; data: unknown }
  | { ask: 'check'; id: number; language: ExpressionLanguage; text: string }
  | { ask: 'evaluate'; id: number; language: ExpressionLanguage; text: string };

export type ExpressionAnswer =
  | { id: number; fault: ExpressionFault | null }
  | { id: number; outcome: Outcome }
  | { id: null };
