/**
 * Gives a request the bytes of its body as its part `raw`. It is read by its name only: whatever lists the parts of a
 * request, such as a record of the run, does not come upon it, and so does not hold the body twice.
 */
export function addRaw<T extends object>(request: T, raw: Uint8Array): T {
  return Object.defineProperty(request, 'raw', { value: raw });
}

/** The bytes that stand for a body of which only the value is known: a text as UTF-8, anything else as JSON. */
export function rawOf(body: unknown): Uint8Array {
  if (body === null || body === undefined) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}
