import type { Access } from '../auth/access.ts';
import type { SignIn } from '../auth/sign-in.ts';

/** Who may come in, and how. */
export interface Entrance {
  readonly access: Access;
  readonly signIn: SignIn;
}
