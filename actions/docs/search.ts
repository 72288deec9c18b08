import type { ActionDefinition, Field, Fields } from '../kit/index.ts';

/**
 * What is searched in an action, the most telling first: name and title, id, keywords, summary, fields and their choices, help. Each
 * is one line in lower case.
 */
export const placesOf = ({ id, title, summary, keywords = [], fields }: ActionDefinition): string[] => {
  const inputs = inputsOf(fields);
  return [
    `${id.slice(id.lastIndexOf('/') + 1)} ${title}`,
    id,
    keywords.join(' '),
    summary,
    inputs.map(([name, { label = '', schema }]) => [name, label, ...choicesOf(schema.enum)].join(' ')).join(' '),
    inputs.map(([, { help = '' }]) => help).join(' '),
  ].map((place) => place.toLowerCase().replace(/\s+/g, ' ').trim());
};

const inputsOf = (fields: Fields): [name: string, field: Field][] =>
  Object.entries(fields).flatMap(([name, field]) => [[name, field], ...(field.rows ? inputsOf(field.rows) : [])]);

const choicesOf = (choices: unknown): unknown[] => (Array.isArray(choices) ? choices : []);

export const wordsOf = (query: string): string[] => query.toLowerCase().split(/\s+/).filter(Boolean);

/** How far words lie from what the places are about: 0 is the nearest, Infinity when one of them does not occur. */
export const distanceOf = (places: readonly string[], words: readonly string[]): number =>
  words.reduce(
    (sum, word) => sum + Math.min(...places.map((place, rank) => 2 * rank + misfitOf(place, word, rank < telling))),
    0,
  );

/** In so many places a word is found inside of others too: `case` in `downcase`, but not `rest` in what a help says of `the interest`. */
const telling = 3;

const misfitOf = (place: string, word: string, isTelling: boolean): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let at = place.indexOf(word); at >= 0; at = place.indexOf(word, at + 1)) {
    if (!isPart(place[at - 1])) least = Math.min(least, isPart(place[at + word.length]) ? 1 : 0);
    else if (isTelling) least = Math.min(least, 4);
  }
  return least;
};

const isPart = (character = ''): boolean => /[a-z0-9]/.test(character);

/** The actions in which every word occurs, the nearest first; of those that are as near, the one with the shortest id. */
export const searchActions = (library: readonly ActionDefinition[], words: readonly string[]): ActionDefinition[] =>
  library
    .map((action) => ({ action, distance: distanceOf(placesOf(action), words) }))
    .filter(({ distance }) => distance < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.distance - b.distance || compareIds(a.action.id, b.action.id))
    .map(({ action }) => action);

const compareIds = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);
