/** A built-in function of JSONata, as completion tells of it. */
export interface JsonataFunction {
  /** With its `$`. */
  name: string;
  /** What stands between the brackets; what may be left out is in square brackets. */
  takes: string;
  gives: string;
  summary: string;
}

const groups: { readonly [gives: string]: readonly (readonly [name: string, takes: string, summary: string])[] } = {
  text: [
    ['string', 'value, [pretty]', 'Any value as text; objects and arrays as JSON, indented if pretty is true.'],
    ['substring', 'text, start, [length]', 'Part of a text; a negative start counts from the end.'],
    ['substringBefore', 'text, chars', 'What stands before the first occurrence; the whole text if there is none.'],
    ['substringAfter', 'text, chars', 'What stands after the first occurrence; the whole text if there is none.'],
    ['uppercase', 'text', 'The text in capital letters.'],
    ['lowercase', 'text', 'The text in small letters.'],
    ['trim', 'text', 'Without space at its ends; runs of space within become one blank.'],
    ['pad', 'text, width, [char]', 'Filled up to a width: on the right, or on the left if the width is negative.'],
    ['join', 'texts, [separator]', 'The texts of an array as one.'],
    ['replace', 'text, pattern, replacement, [limit]', 'With what a text or regular expression finds replaced.'],
    ['formatNumber', 'number, picture, [options]', 'A number by a picture such as "#,##0.00".'],
    ['formatBase', 'number, [radix]', 'A whole number to a base from 2 to 36; 10 if left out.'],
    ['formatInteger', 'number, picture', 'A whole number in words, Roman numerals, letters or digits.'],
    ['fromMillis', 'number, [picture], [timezone]', 'Milliseconds since 1970 as a date; RFC 3339 without a picture.'],
    ['now', '[picture], [timezone]', 'The present time as text; the same throughout one evaluation.'],
    ['base64encode', 'text', 'The text in base 64.'],
    ['base64decode', 'text', 'The text that base 64 stands for.'],
    ['encodeUrlComponent', 'text', 'Escaped for one part of an address, such as a query value.'],
    ['encodeUrl', 'text', 'Escaped as a whole address; its separators stay.'],
    ['decodeUrlComponent', 'text', 'The reverse of $encodeUrlComponent.'],
    ['decodeUrl', 'text', 'The reverse of $encodeUrl.'],
    ['type', 'value', 'Name of the type: null, number, string, boolean, array, object or function.'],
  ],
  number: [
    ['number', 'value', 'A text or boolean as number.'],
    ['length', 'text', 'Number of characters.'],
    ['count', 'array', 'Number of items; 0 for nothing.'],
    ['sum', 'numbers', 'The sum of the numbers.'],
    ['max', 'numbers', 'The largest number.'],
    ['min', 'numbers', 'The smallest number.'],
    ['average', 'numbers', 'The mean of the numbers.'],
    ['abs', 'number', 'Without its sign.'],
    ['floor', 'number', 'Rounded down to a whole number.'],
    ['ceil', 'number', 'Rounded up to a whole number.'],
    ['round', 'number, [precision]', 'Rounded to so many decimal places; a tie goes to the even digit.'],
    ['power', 'base, exponent', 'The base to the power of the exponent.'],
    ['sqrt', 'number', 'The square root.'],
    ['random', '', 'A number from 0 up to, but not including, 1.'],
    ['parseInteger', 'text, picture', 'The whole number that a text stands for, read by a picture.'],
    ['millis', '', 'Milliseconds since 1970; the same throughout one evaluation.'],
    ['toMillis', 'timestamp, [picture]', 'A date as milliseconds since 1970; RFC 3339 without a picture.'],
  ],
  boolean: [
    ['boolean', 'value', 'Whether a value counts as true: not 0, empty or nothing.'],
    ['not', 'value', 'True where $boolean is false.'],
    ['exists', 'value', 'Whether there is anything, also null or false.'],
    ['contains', 'text, pattern', 'Whether a text or regular expression is found in a text.'],
  ],
  array: [
    ['append', 'array, other', 'Both arrays, or values, one after the other.'],
    ['sort', 'array, [function]', 'In ascending order, or as function($a, $b) says: true where $a comes later.'],
    ['reverse', 'array', 'In the opposite order.'],
    ['shuffle', 'array', 'In random order.'],
    ['distinct', 'array', 'Each different item once.'],
    ['zip', 'array, …', 'Arrays of the first items, of the second items, and so on.'],
    ['split', 'text, separator, [limit]', 'Parts of a text between separators: a text or a regular expression.'],
    ['match', 'text, pattern, [limit]', 'What a regular expression finds: match, index and groups.'],
    ['map', 'array, function', 'Each item through function($value, $index, $array).'],
    ['filter', 'array, function', 'The items for which function($value, $index, $array) is true.'],
    ['keys', 'object', 'The keys of an object, or of all objects in an array.'],
    ['each', 'object, function', 'What function($value, $key) gives for each member.'],
    ['spread', 'object', 'One object for each member.'],
  ],
  value: [
    ['single', 'array, [function]', 'The only item that fits; fails for none and for several.'],
    ['reduce', 'array, function, [initial]', 'One value: function($before, $value) over all items.'],
    ['lookup', 'object, key', 'The value under a key, also one that is computed.'],
    ['eval', 'text, [context]', 'What the expression in a text gives.'],
    ['clone', 'value', 'A copy.'],
  ],
  object: [
    ['merge', 'objects', 'All members in one object; the later one wins.'],
    ['sift', 'object, function', 'The members for which function($value, $key) is true.'],
  ],
  nothing: [
    ['error', '[message]', 'Fails with this message.'],
    ['assert', 'condition, [message]', 'Fails with this message unless the condition is true.'],
  ],
};

/** The functions that an expression can call, in alphabetical order. */
export const jsonataFunctions: readonly JsonataFunction[] = Object.entries(groups)
  .flatMap(([gives, functions]) =>
    functions.map(([name, takes, summary]) => ({ name: `$${name}`, takes, gives, summary })),
  )
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** As in `$substring(text, start, [length]) → text`. */
export const signature = ({ name, takes, gives }: JsonataFunction): string => `${name}(${takes}) → ${gives}`;
