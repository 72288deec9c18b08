import { checkTotal } from '../support/bounds.ts';
import { toText } from '../support/text.ts';

/** The items as texts one after the other; the size is known, and refused, before the text is made. */
export const joinTexts = (array: readonly unknown[], separator: string): string => {
  const texts: string[] = [];
  let size = 0;
  for (let index = 0; index < array.length; index += 1) {
    const text = toText(array[index], `\`array[${index}]\``);
    size += text.length + (index > 0 ? separator.length : 0);
    checkTotal(size, 'array', 'characters');
    texts.push(text);
  }
  return texts.join(separator);
};
