export interface Bundle {
  /** The file that an entry became. */
  pathOf(name: string): string;
  load(name: string): Promise<unknown>;
  remove(): void;
}
export function bundle(files: { [name: string]: string }): Promise<Bundle>;
