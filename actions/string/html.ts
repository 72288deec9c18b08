import { openEscape } from './escape-units.ts';

/**
 * Writes a text so that HTML and XML show it as it is, in attributes with quotes too. Fails when it would be too large.
 */
export const escapeHtml = openEscape({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' });

// Those of ISO 8859-1 from U+00A0 on, in order, and the others of HTML 4 that are in use.
const latin =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 ' +
  'acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml ' +
  'Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc ' +
  'Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml ' +
  'aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc ' +
  'otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';
const others =
  'amp & lt < gt > quot " apos \' euro € hellip … ndash – mdash — lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” ' +
  'bdquo „ lsaquo ‹ rsaquo › bull • dagger † Dagger ‡ permil ‰ trade ™ larr ← uarr ↑ rarr → darr ↓ harr ↔ ' +
  'minus − le ≤ ge ≥ ne ≠ asymp ≈ infin ∞ radic √ sum ∑ prod ∏ part ∂ int ∫ OElig Œ oelig œ Scaron Š scaron ' +
  'š Yuml Ÿ fnof ƒ circ ˆ tilde ˜ prime ′ Prime ″ oline ‾ frasl ⁄ alpha α beta β gamma γ delta δ epsilon ε ' +
  'lambda λ mu μ pi π sigma σ omega ω Delta Δ Sigma Σ Omega Ω spades ♠ clubs ♣ hearts ♥ diams ♦ check ✓ star ' +
  '☆';

let names: Map<string, string> | undefined;
const namedCharacters = (): Map<string, string> => {
  if (names !== undefined) return names;
  names = new Map(latin.split(' ').map((name, index) => [name, String.fromCharCode(0xa0 + index)]));
  const pairs = others.split(' ');
  for (let at = 0; at < pairs.length; at += 2) names.set(pairs[at] as string, pairs[at + 1] as string);
  for (const [name, unit] of [
    ['ensp', 0x2002],
    ['emsp', 0x2003],
    ['thinsp', 0x2009],
    ['zwnj', 0x200c],
    ['zwj', 0x200d],
  ] as const) {
    names.set(name, String.fromCharCode(unit));
  }
  return names;
};

const reference = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));/y;

const characterOf = (point: number): string => {
  const isCharacter = point > 0 && point <= 0x10ffff && !(point >= 0xd800 && point < 0xe000);
  return isCharacter ? String.fromCodePoint(point) : '\ufffd';
};

/** Replaces references by what they stand for, and leaves what is none as it is. What comes out is not read again. */
export const unescapeHtml = (text: string): string => {
  const pieces: string[] = [];
  let done = 0;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    reference.lastIndex = at;
    const [, decimal, hex, name] = reference.exec(text) ?? [];
    let written: string | undefined;
    if (name !== undefined) written = namedCharacters().get(name);
    else if (decimal !== undefined) written = characterOf(Number.parseInt(decimal, 10));
    else if (hex !== undefined) written = characterOf(Number.parseInt(hex, 16));
    if (written === undefined) continue;
    pieces.push(text.slice(done, at), written);
    done = reference.lastIndex;
    at = done - 1;
  }
  return done === 0 ? text : pieces.join('') + text.slice(done);
};
