import { createStore } from 'zustand/vanilla';

/** What somebody is led to in the fields of a resource, such as `Port` of `server/hello`. */
export interface FieldRequest {
  resource: string;
  /** The label of a field, or the text of a button. */
  field: string;
}

/** null once it has the focus. */
export const fieldRequest = createStore<FieldRequest | null>(() => null);
