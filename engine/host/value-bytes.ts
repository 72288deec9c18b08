/** What a value takes besides its parts: about what the runtime needs for it. */
const ofContainer = 56;
const ofMember = 16;

/**
 * About how many bytes of memory a value holds on to, all of it, each part counted once. Stops as soon as it is more than
 * `most`, and gives what it has counted by then.
 */
export function bytesOf(value: unknown, most: number): number {
  const seen = new Set<object>();
  // A list of what is still to do, and no recursion: values may be nested deeper than the stack.
  const open: unknown[] = [value];
  let bytes = 0;
  while (open.length > 0 && bytes <= most) {
    const part = open.pop();
    if (typeof part === 'string') bytes += ofMember + 2 * part.length;
    else if (typeof part !== 'object' || part === null) bytes += ofMember;
    else if (ArrayBuffer.isView(part)) bytes += ofContainer + bytesOfBuffer(part, seen);
    else if (!seen.has(part)) {
      seen.add(part);
      bytes += ofContainer;
      if (Array.isArray(part)) {
        bytes += part.length * 8;
        if (bytes <= most) for (const item of part) open.push(item);
      } else {
        for (const name of Object.keys(part)) {
          bytes += ofMember + 2 * name.length;
          if (bytes > most) break;
          open.push(Reflect.get(part, name));
        }
      }
    }
  }
  return bytes;
}

/** A view keeps all of its buffer in memory. */
function bytesOfBuffer({ buffer }: ArrayBufferView, seen: Set<object>): number {
  if (seen.has(buffer)) return 0;
  seen.add(buffer);
  return buffer.byteLength;
}
