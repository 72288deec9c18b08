/** What a caller may be allowed to do. None of them holds another: a token with `operate` alone cannot read. */
export const scopes = ['view', 'operate', 'edit', 'administer'] as const;
export type Scope = (typeof scopes)[number];

export const roles = ['administrator', 'editor', 'viewer'] as const;
export type Role = (typeof roles)[number];

export const rightsOf: { readonly [R in Role]: readonly Scope[] } = {
  administrator: scopes,
  editor: ['view', 'operate', 'edit'],
  viewer: ['view'],
};

export const rolesWith = (right: Scope): Role[] => roles.filter((role) => rightsOf[role].includes(right));

/** Who is calling, with the rights in force at this moment. */
export interface User {
  /** Of a token: its owner. */
  readonly name: string;
  readonly role: Role;
  readonly rights: readonly Scope[];
  /** `session`: signed in with a password. `token`: Authorization: Bearer. */
  readonly kind: 'session' | 'token';
  /** Name of the API token, where one made in the settings was used. */
  readonly token?: string;
}

/** The bearer of SLUICE_API_TOKEN, and whoever may read the data folder. */
export const apiTokenName = 'api-token';
export const localName = 'local';

/** Names that records use for somebody who is no user: nobody may have them. */
export const reservedNames: readonly string[] = [apiTokenName, localName, 'nobody'];

/** What records call somebody. A user's name holds no space, so that nobody can be taken for another. */
export const recordName = (user: User | null): string => {
  if (user === null) return 'nobody';
  return user.token === undefined ? user.name : `${user.name} (token ${user.token})`;
};
