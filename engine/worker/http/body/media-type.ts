/** A content-type taken apart (RFC 9110, section 8.3.1). */
export interface MediaType {
  /** `type/subtype` in lower case. */
  readonly essence: string;
  /** In lower case, without quotes; undefined if it is not named. */
  readonly charset: string | undefined;
}

export function parseMediaType(contentType: string): MediaType {
  const semicolon = contentType.indexOf(';');
  if (semicolon === -1) return { essence: contentType.trim().toLowerCase(), charset: undefined };
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType)?.[1];
  return { essence: contentType.slice(0, semicolon).trim().toLowerCase(), charset: charset?.toLowerCase() };
}

/** application/json and everything whose structured syntax suffix (RFC 6839) is +json. */
export const isJson = (essence: string): boolean => essence === 'application/json' || essence.endsWith('+json');
