import type { Json } from '../../engine/document/types.ts';
import { kindOf } from './value-kinds.ts';

/** A value made like another one, with nothing in it: a further row of a table begins like the row above. */
export function emptyLike(value: Json): Json {
  switch (kindOf(value)) {
    case 'steps':
      return { $do: { actions: [] } };
    case 'comparison':
      return { ...(value as { [key: string]: Json }), of: (value as { of: Json[] }).of.map(emptyLike) };
    case 'jsonata':
      return { $jsonata: '' };
    case 'template':
      return { $template: '' };
    // What is referred to cannot be guessed, but it is easily changed.
    case 'reference':
    case 'secret':
      return value;
    case 'literal':
      if (Array.isArray(value)) return [];
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, emptyLike(member)]));
      return typeof value === 'string' ? '' : value;
  }
}
