/**
 * Puts text on the clipboard.
 * @throws Error when the browser does not allow it
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error(
      'The browser does not let this page write to the clipboard. Allow it for this address, or open the editor by https or as localhost.',
    );
  }
}
