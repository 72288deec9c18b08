/** What is wrong with the text of an expression; `position` counts characters from 0. */
export interface ExpressionProblem {
  message: string;
  position?: number | undefined;
}

/** What the check needs to know of an input field; a field of an action definition fits. */
export interface FieldShape {
  readonly optional: boolean;
  readonly fallback?: unknown;
  readonly verbatim?: true;
  readonly lazy?: true;
  readonly rows?: { readonly [name: string]: FieldShape };
  readonly refers?: 'service' | 'client' | 'api' | 'server';
  /** What is allowed, when a value is not; undefined when it is. */
  readonly check?: (value: unknown) => string | undefined;
}

/** What the check needs to know of an action; an action definition fits. */
export interface ActionShape {
  readonly fields: { readonly [name: string]: FieldShape };
}

/**
 * What lies outside the documents. Without `actions`, ids and fields of actions are not judged; without `jsonata` and
 * `template`, the syntax of those expressions is not.
 */
export interface CheckContext {
  readonly actions?: ReadonlyMap<string, ActionShape>;
  readonly jsonata?: (text: string) => ExpressionProblem | undefined;
  readonly template?: (text: string) => ExpressionProblem | undefined;
}
