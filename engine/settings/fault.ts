/** Why the settings cannot be used: one line with the key, where it came from, what was found and what is allowed. */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';

  constructor(
    message: string,
    /** The dotted key it is about; absent when it is about the file. */
    readonly key?: string,
    /** Whether it is about a flag, and so about how the program was called. */
    readonly isUsage = false,
  ) {
    super(message);
  }
}

/** A value that a kind of setting refuses; whoever knows its source makes a SettingsFault of it. */
export class Refusal extends Error {
  constructor(
    /** Below the setting's own key, such as `[0].url`. */
    readonly below: string,
    /** "must be …, found …" or any other predicate. */
    readonly predicate: string,
  ) {
    super(predicate);
  }
}
