import type { Setup } from '../../engine/control/auth/sign-in.ts';
import type { User } from '../../engine/control/auth/user.ts';
import { ApiClient } from './client.ts';
import { ApiProblem } from './problem.ts';

/** Who is signed in in this browser; for nobody, whether the first administrator is still to be created. */
export type SessionAnswer = { user: User; setup: null } | { user: null; setup: Setup };

export interface Credentials {
  username: string;
  password: string;
  setupSecret?: string;
}

const path = '/api/session';

export const askSession = (): Promise<SessionAnswer> => new ApiClient().get<SessionAnswer>(path);

/**
 * Signs in, or creates the first administrator. The session is a cookie that no script can read.
 * @throws ApiProblem 401 for wrong ones, 429 after too many, 0 when there is no engine
 */
export async function signIn(credentials: Credentials): Promise<User> {
  await new ApiClient().post(path, credentials);
  const { user } = await askSession();
  if (user !== null) return user;
  throw new ApiProblem(
    0,
    'The browser did not keep the session cookie. Allow cookies for this address, or open the editor by https or as localhost.',
  );
}

export const signOut = (): Promise<void> => new ApiClient().delete(path);
