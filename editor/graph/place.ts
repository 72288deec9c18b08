/** Where a list of actions stands in an operation. */
export interface ListPlace {
  /** `workflow` or `onError` for the operation's own two; else the id of the action that holds the nested workflow. */
  owner: string;
  /**
   * From the owner to the nested workflow: the field, then indexes and keys, as in `['conditions', 0, 'value']`; for one in
   * an output mapping it begins with `#output`. Empty for the operation's own.
   */
  path: readonly (string | number)[];
}

/** Where an action can be put: before the action that is at `index` now. */
export interface InsertPlace extends ListPlace {
  index: number;
}
