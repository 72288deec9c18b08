// What somebody would write by hand for the same result, with the same input at hand.
export const plain = {
  'array/add': ({ array, item }) => [...array, item],
  'array/at': ({ array, at }) => array.at(at),
  'array/concatenate': ({ 'array-left': left, 'array-right': right }) => [...left, ...right],
  'array/count': ({ array }) => array.length,
  'array/drop': ({ array, count }) => (count < 0 ? array.slice(0, count) : array.slice(count)),
  'array/first': ({ array }) => array[0],
  'array/join': ({ array, separator }) => array.join(separator),
  'array/last': ({ array }) => array.at(-1),
  'array/reverse': ({ array }) => array.toReversed(),
  'array/sum': ({ array }) => array.reduce((sum, item) => sum + item, 0),
  'array/take': ({ array, count }) => (count < 0 ? array.slice(count) : array.slice(0, count)),
  'condition/is-larger-than': ({ value, target }) => value > target,
  'condition/is-null': ({ value }) => value === null,
  'data/json/decode': ({ json }) => JSON.parse(json),
  'object/delete': ({ object, key }) => {
    const { [key]: _, ...rest } = object;
    return rest;
  },
  'object/get': ({ object, key }) => object[key],
  'object/keys': ({ object }) => Object.keys(object),
  'object/merge': ({ object, with: other }) => ({ ...object, ...other }),
  'object/put': ({ object, key, value }) => ({ ...object, [key]: value }),
  'object/values': ({ object }) => Object.values(object),
  'string/concatenate': ({ string, with: other }) => string + other,
  'string/downcase': ({ string }) => string.toLowerCase(),
  'string/join': ({ array, delimiter }) => array.join(delimiter),
  'string/replace': ({ string, pattern, replacement }) => string.replaceAll(pattern, replacement),
  'string/trim': ({ string }) => string.trim(),
  'string/upcase': ({ string }) => string.toUpperCase(),
  'variable/set': ({ value }) => value,
};
