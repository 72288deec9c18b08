/** The kinds of resource that have operations, and so addresses. */
const addressKinds = ['server', 'service', 'client'] as const;
type AddressKind = (typeof addressKinds)[number];

/** A node's stable path, taken apart. An action has an operation too. */
export interface Address {
  kind: AddressKind;
  resource: string;
  operation?: string;
  action?: string;
}

export const idPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/;

/** What an id may be, in words. */
export const idRule = 'letters, digits, "_", "-" and ".", 1 to 64 of them, starting with a letter or digit';

export const isId = (value: unknown): value is string => typeof value === 'string' && idPattern.test(value);

/** `server/<id>[/<operation>[/<action>]]`, likewise `service/…` and `client/…`. */
export function formatAddress({ kind, resource, operation, action }: Address): string {
  if (operation === undefined) return `${kind}/${resource}`;
  return action === undefined ? `${kind}/${resource}/${operation}` : `${kind}/${resource}/${operation}/${action}`;
}

/** The parts of an address, or undefined when the text is none. */
export function parseAddress(text: string): Address | undefined {
  const [kind, ...ids] = text.split('/');
  if (!isAddressKind(kind) || ids.length < 1 || ids.length > 3 || !ids.every(isId)) return undefined;
  const [resource, operation, action] = ids as [string, string?, string?];
  return {
    kind,
    resource,
    ...(operation !== undefined && { operation }),
    ...(action !== undefined && { action }),
  };
}

/** Whether `node` is the node at `above` or lies below it. */
export const covers = (above: string, node: string): boolean => node === above || node.startsWith(`${above}/`);

const isAddressKind = (kind: string | undefined): kind is AddressKind =>
  (addressKinds as readonly (string | undefined)[]).includes(kind);
