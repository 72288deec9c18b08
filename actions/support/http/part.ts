import {
  ActionFailure,
  checkInput,
  type Field,
  type Fields,
  type InputOf,
  isPlainObject,
  type Plain,
} from '../../kit/index.ts';

type Shown = { readonly label: string; readonly help?: string };

/** A field that is an object with fields of its own. Its members are checked by `readPart`. */
export const part = (members: Fields, shown: Shown): Field<Plain> & { optional: false } => ({
  schema: {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(members).map(([name, { schema, label, help }]) => [
        name,
        { ...schema, ...(label && { title: label }), ...(help && { description: help }) },
      ]),
    ),
    additionalProperties: false,
  },
  ...shown,
  optional: false,
  check: (value) => (isPlainObject(value) ? undefined : 'an object'),
});

/** The members of such an object, checked, with their fallbacks. Throws input-invalid, naming `where` and the member. */
export const readPart = <const F extends Fields>(where: string, members: F, given: Plain): InputOf<F> => {
  const unknown = Object.keys(given).some((name) => !Object.hasOwn(members, name));
  if (unknown) {
    const names = Object.keys(members).join(', ');
    throw new ActionFailure('input-invalid', `\`${where}\` has a member that it cannot have; it may have ${names}`);
  }
  try {
    return checkInput({ fields: members }, given) as InputOf<F>;
  } catch (thrown) {
    if (!(thrown instanceof ActionFailure)) throw thrown;
    throw new ActionFailure(thrown.code, thrown.message.replace(/^`/, `\`${where}.`), { field: where });
  }
};
