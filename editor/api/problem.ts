/** One thing that is wrong with a body. */
export interface PlacedError {
  /** The address it is about, where it is about one. */
  resource?: string;
  pointer: string;
  detail: string;
}

/** A refusal of the control API (RFC 9457), or no answer at all (status 0). */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly status: number,
    detail: string,
    /** Seconds to wait before trying again, where the API says so. */
    readonly retryAfter: number | null = null,
    /** The field of the body it is about, where it is about one. */
    readonly field: string | null = null,
    /** Everything that is wrong with the body, with its places (RFC 6901). */
    readonly errors: readonly PlacedError[] = [],
  ) {
    super(detail);
  }
}

/** The problem that an answer carries. */
export async function problemOf(answer: Response): Promise<ApiProblem> {
  const after = Number(answer.headers.get('retry-after'));
  const { detail, field, errors } = await answer
    .json()
    .then((body: { detail?: unknown; field?: unknown; errors?: unknown }) => body)
    .catch(() => ({ detail: null, field: null, errors: null }));
  return new ApiProblem(
    answer.status,
    typeof detail === 'string' ? detail : `The engine answered ${answer.status} ${answer.statusText}.`,
    after > 0 ? after : null,
    typeof field === 'string' ? field : null,
    Array.isArray(errors) ? (errors as PlacedError[]) : [],
  );
}

/** What to show for anything thrown. */
export const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));
