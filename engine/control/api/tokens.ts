import { quote } from '../../document/found.ts';
import { exactly, filledText, listOf, oneOf, orNull, rule, whole } from '../../document/shape.ts';
import { makeToken, removeToken, visibleTokens } from '../auth/changes.ts';
import type { Token } from '../auth/tokens.ts';
import { type Scope, scopes, type User } from '../auth/user.ts';
import { emptyAnswer, jsonAnswer, problemAnswer } from './answer.ts';
import type { Entrance } from './entrance.ts';
import type { Route } from './route.ts';

const longestName = 100;
const longestDays = 3650;

const tokenName = rule({ type: 'string', pattern: '\\S', maxLength: longestName }, (value, place) => {
  if (typeof value !== 'string' || value.trim() === '' || [...value].length > longestName)
    place.expected(`a text of 1 to ${longestName} characters`, value);
});

const rightsList = rule(
  { type: 'array', items: { type: 'string', enum: scopes }, minItems: 1, maxItems: 20 },
  (value, place) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > 20)
      return place.expected(`an array with one or more of ${scopes.join(', ')}`, value);
    for (const [index, item] of value.entries()) oneOf(scopes)(item, place.at(index));
  },
);

const keys = {
  id: filledText,
  name: filledText,
  owner: orNull(filledText),
  rights: listOf(oneOf(scopes)),
  created: filledText,
  expires: orNull(filledText),
  lastUsed: orNull(filledText),
};

/** API tokens: what programs call the API with. */
export function tokenRoutes({ access }: Entrance): Route[] {
  // Never the hash; the owner is null while he may do nothing, and then the token may not either.
  const shown = (token: Token) => {
    const { id, name, rights, created, expires, lastUsed } = token;
    return { id, name, owner: access.ownerOf(token)?.name ?? null, rights, created, expires, lastUsed };
  };
  return [
    {
      method: 'GET',
      path: '/api/tokens',
      right: 'view',
      audit: null,
      summary: 'The own API tokens; all of them for an administrator.',
      answers: { 200: jsonAnswer('The tokens, without their texts.', listOf(exactly(keys))) },
      handle: ({ res, user }) => void res.json(visibleTokens(access, user as User).map(shown)),
    },
    {
      method: 'POST',
      path: '/api/tokens',
      right: 'view',
      audit: 'token.created',
      summary: 'Make an API token. Its text is in this answer and can never be had again.',
      body: exactly({ name: tokenName, rights: rightsList, expiresInDays: whole(1, longestDays) }, ['expiresInDays']),
      answers: {
        201: jsonAnswer('The token.', exactly({ ...keys, token: filledText })),
        403: problemAnswer('The caller lacks one of the rights, or is a token that cannot manage tokens.'),
        409: problemAnswer('The caller has too many tokens.'),
      },
      async handle({ res, body, user, audit }) {
        const wanted = body as unknown as { name: string; rights: Scope[]; expiresInDays?: number };
        const { token, text } = await makeToken(access, user as User, wanted);
        audit('warning', `The API token ${quote(token.name)} was made with the rights ${token.rights.join(', ')}.`);
        res.status(201).json({ ...shown(token), token: text });
      },
    },
    {
      method: 'DELETE',
      path: '/api/tokens/:id',
      right: 'view',
      audit: 'token.deleted',
      summary: 'Remove an API token; it is not valid any more from the answer on.',
      parameters: { id: { description: 'Id of the token.' } },
      answers: {
        204: emptyAnswer('The token is gone.'),
        403: problemAnswer('The caller is a token that cannot manage tokens.'),
        404: problemAnswer('There is no such token, or it is somebody else’s.'),
      },
      async handle({ res, parameter, user, audit }) {
        const token = await removeToken(access, user as User, parameter('id'));
        audit('warning', `The API token ${quote(token.name)} was removed.`);
        res.status(204).end();
      },
    },
  ];
}
