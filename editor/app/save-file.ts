/** Hands a file to the person, as if a link to it had been followed. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of the content once the click was handled.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
