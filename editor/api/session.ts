import { ApiClient } from './client.ts';
import { ApiProblem } from './problem.ts';

const key = 'sluice.token';

/** The token of this tab. It is gone when the tab is closed, and never part of an address. */
export const storedToken = (): string | null => sessionStorage.getItem(key);
export const storeToken = (token: string): void => sessionStorage.setItem(key, token);
export const forgetToken = (): void => sessionStorage.removeItem(key);

/**
 * Asks the engine whether it knows a token.
 * @throws ApiProblem 401 when it does not, 429 after too many wrong ones, 0 when there is no engine
 */
export async function signIn(token: string): Promise<void> {
  // Header values hold visible ASCII only; anything else cannot be a token.
  if (!/^[\x21-\x7e]+$/.test(token)) throw new ApiProblem(401, 'An API token has no spaces and only ASCII characters.');
  const { user } = await new ApiClient(token).get<{ user: unknown }>('/api/session');
  if (user === null) throw new ApiProblem(401, 'The engine does not know this token.');
}
