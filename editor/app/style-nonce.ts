/** What the content security policy asks of a style sheet that a script makes; empty where the page has none. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.nonce ?? '';

/** Lets the component kit make the style sheets that it needs, such as the one that keeps a page behind a dialog still. */
export const allowStyles = (): void => {
  // Read by get-nonce, which the kit's dialogs ask.
  (globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = styleNonce();
};
