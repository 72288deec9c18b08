/** Requests that this process has answered since it began, and those of them that it answered with 5xx. */
export const requestCounts = { requests: 0, errors: 0 };

export const countRequest = (status: number): void => {
  requestCounts.requests++;
  if (status >= 500) requestCounts.errors++;
};
