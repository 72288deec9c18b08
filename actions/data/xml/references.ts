import { invalidCharacter } from './characters.ts';

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** The text with its references replaced. `fail` is told where the first one is that cannot be. */
export const resolveReferences = (text: string, fail: (at: number, problem: string) => never): string =>
  text.includes('&')
    ? text.replace(
        /&(?:(#x[0-9a-fA-F]{1,8}|#[0-9]{1,8}|[a-z]{2,4});)?/g,
        (whole, reference: string | undefined, at: number) => {
          if (reference === undefined) return fail(at, 'a "&" that begins none of &lt; &gt; &amp; &quot; &apos; &#…;');
          if (!reference.startsWith('#')) {
            return Object.hasOwn(named, reference)
              ? (named[reference] as string)
              : fail(at, `the entity ${whole}, which is none of the five that XML has itself`);
          }
          const point = Number.parseInt(reference.replace('#x', '').replace('#', ''), reference[1] === 'x' ? 16 : 10);
          const character = point <= 0x10ffff ? String.fromCodePoint(point) : '\0';
          return invalidCharacter.test(character) ? fail(at, `${whole}, which is no character of XML`) : character;
        },
      )
    : text;
