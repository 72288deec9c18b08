import { ActionFailure, describeValue } from '../kit/index.ts';
import { checkDepth } from '../support/bounds.ts';

/** The parts of a JSON Pointer (RFC 6901). Fails with input-invalid, naming `where`, when it is none. */
export const parsePointer = (pointer: unknown, where: string): string[] => {
  if (typeof pointer !== 'string' || (pointer !== '' && !pointer.startsWith('/')) || /~(?![01])/.test(pointer)) {
    throw new ActionFailure(
      'input-invalid',
      `${where} must be a JSON Pointer such as "/items/0" ("~" is written ~0, "/" in a key ~1), found ${describeValue(pointer)}`,
    );
  }
  const [, ...parts] = pointer.split('/');
  checkDepth(parts.length, 'patch');
  return parts.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
};

export const pointerPart = (key: string): string =>
  key.includes('~') || key.includes('/') ? key.replaceAll('~', '~0').replaceAll('/', '~1') : key;

const wholeNumber = /^(?:0|[1-9]\d{0,15})$/;

/** The index that a part of a pointer stands for in an array; undefined when it is none. */
export const indexOfPart = (part: string): number | undefined => (wholeNumber.test(part) ? Number(part) : undefined);
