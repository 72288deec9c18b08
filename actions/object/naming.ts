export const styles = ['camel-case', 'pascal-case', 'snake-case', 'kebab-case', 'constant-case'] as const;
type Style = (typeof styles)[number];

// "orderID" and "HTTPServer" have two words, "address2" has one.
const words = /\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}\s_.-]+/gu;
const mark = /^[^\p{L}\p{N}]+/u;

const capitalise = (word: string): string => {
  const [first = ''] = word;
  return first.toUpperCase() + word.slice(first.length).toLowerCase();
};

/** A name in another style. Signs at its beginning, such as those of `_id`, `@type` and `$ref`, stay. */
export const nameIn = (style: Style, name: string): string => {
  const [sign = ''] = mark.exec(name) ?? [];
  const parts = name.slice(sign.length).match(words);
  if (parts === null) return name;
  switch (style) {
    case 'camel-case':
      return sign + parts.map((part, index) => (index === 0 ? part.toLowerCase() : capitalise(part))).join('');
    case 'pascal-case':
      return sign + parts.map(capitalise).join('');
    case 'snake-case':
      return sign + parts.join('_').toLowerCase();
    case 'kebab-case':
      return sign + parts.join('-').toLowerCase();
    case 'constant-case':
      return sign + parts.join('_').toUpperCase();
  }
};
