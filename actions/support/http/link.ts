const parameter =
  /[\t ]*;[\t ]*(?:([!#$&+.^_`|~0-9A-Za-z*-]+)(?:[\t ]*=[\t ]*(?:"((?:[^"\\]|\\.)*)"|([^\t ";,]*)))?)?/y;
const target = /[\t ,]*<([^>]*)>/y;

/** The target of the first link of a `link` header (RFC 8288) with this relation; undefined if there is none. */
export const findLink = (header: string, relation: string): string | undefined => {
  for (let at = 0; at < header.length; ) {
    target.lastIndex = at;
    const link = target.exec(header);
    if (link === null) return undefined;
    at = target.lastIndex;
    const parameters = new Map<string, string>();
    for (;;) {
      parameter.lastIndex = at;
      const found = parameter.exec(header);
      if (found === null) break;
      at = parameter.lastIndex;
      const name = found[1]?.toLowerCase();
      // Only the first of a name counts (section 3.3).
      if (name !== undefined && !parameters.has(name)) parameters.set(name, found[2] ?? found[3] ?? '');
    }
    const relations =
      parameters
        .get('rel')
        ?.toLowerCase()
        .split(/[\t ]+/) ?? [];
    // A link with an anchor is about something else than this answer.
    if (relations.includes(relation) && !parameters.has('anchor')) return link[1];
  }
  return undefined;
};
