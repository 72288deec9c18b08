import type { ValidateFunction } from 'ajv';
import { quote } from '../../../document/found.ts';
import { Needs } from '../../../run/needs.ts';
import { Bag } from '../../../run/scopes.ts';
import { isJson, parseMediaType } from '../body/media-type.ts';
import { Refusal } from '../refusal.ts';
import { RequestScope } from '../request.ts';
import { type Place, type Reading, readValue } from './parameters.ts';

export interface ParameterCheck {
  readonly name: string;
  readonly place: Place;
  /** Index among the path's parameters: operation and document may name them differently. */
  readonly position: number;
  readonly required: boolean;
  readonly reading: Reading | null;
  readonly validate: ValidateFunction | null;
}

export interface BodyCheck {
  readonly required: boolean;
  /** By media type or range (`image/*`), in lower case; the most exact first. Null where nothing is checked. */
  readonly types: readonly (readonly [string, ValidateFunction | null])[];
}

/** One place where a request does not fit. */
interface Fault {
  /** RFC 6901 pointer within that part of the request. */
  pointer: string;
  in: Place | 'body';
  detail: string;
}

const needOf: Readonly<Record<Place, number>> = {
  path: Needs.path,
  query: Needs.query,
  header: Needs.header,
  cookie: Needs.cookie,
};

/** What an OpenAPI operation asks of a request. */
export class ApiCheck {
  /** Bits of the parts that have to be built for the check. */
  readonly needs: number;

  constructor(
    private readonly parameters: readonly ParameterCheck[],
    private readonly body: BodyCheck | null,
  ) {
    this.needs = parameters.reduce((bits, { place }) => bits | needOf[place], body === null ? 0 : Needs.body);
  }

  /**
   * Refuses media types that the operation does not take, before the body is parsed.
   * @throws Refusal 415
   */
  checkType(contentType: string | undefined): void {
    if (this.body === null || this.validatorOf(contentType) !== undefined) return;
    const allowed = this.body.types.map(([type]) => type).join(', ');
    const found = contentType === undefined ? 'missing' : quote(contentType);
    throw new Refusal(415, `The content-type is ${found}; allowed is ${allowed}.`, { headers: ['accept', allowed] });
  }

  /**
   * Checks a request and gives it back with parameters as the types that the document names: numbers, booleans, arrays.
   * @param empty the request has no body, which is not the same as JSON's null
   * @throws Refusal 400 with `errors`
   */
  check(request: RequestScope, contentType: string | undefined, empty: boolean): RequestScope {
    const faults: Fault[] = [];
    const typed: Record<Place, Readonly<Record<string, unknown>>> = {
      path: request.path,
      query: request.query,
      header: request.header,
      cookie: request.cookie,
    };
    for (const parameter of this.parameters) this.checkParameter(parameter, typed, faults);
    if (empty && this.body?.required) faults.push({ pointer: '', in: 'body', detail: 'is missing' });
    if (!empty) this.checkBody(request.body, contentType, faults);
    if (faults.length > 0) {
      throw new Refusal(400, `The request does not fit the API: ${describe(faults[0] as Fault)}.`, {
        members: { errors: faults },
      });
    }
    const { method, body, uri, connection } = request;
    return new RequestScope(
      method,
      typed.path as Bag,
      typed.query as Bag,
      typed.header,
      typed.cookie as Bag,
      body,
      uri,
      connection,
    );
  }

  private checkParameter(
    parameter: ParameterCheck,
    typed: Record<Place, Readonly<Record<string, unknown>>>,
    faults: Fault[],
  ): void {
    const { place, reading, validate } = parameter;
    const all = typed[place];
    const name =
      place === 'path'
        ? (Object.keys(all)[parameter.position] ?? '')
        : place === 'header'
          ? parameter.name.toLowerCase()
          : parameter.name;
    const fault = (detail: string): void => {
      faults.push({ pointer: `/${parameter.name.replaceAll('~', '~0').replaceAll('/', '~1')}`, in: place, detail });
    };
    if (!Object.hasOwn(all, name)) {
      if (parameter.required) fault('is missing');
      return;
    }
    if (reading === null) return;
    const value = readValue(all[name], reading);
    if (validate !== null && !validate(value)) {
      fault(`${validate.errors?.[0]?.message ?? 'does not fit its schema'}`);
      return;
    }
    // A whole number that a double cannot hold stays the text it was.
    if (value === all[name] || (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)))
      return;
    const copy: Bag = Object.assign(new Bag(), all);
    copy[name] = value;
    typed[place] = copy;
  }

  private checkBody(body: unknown, contentType: string | undefined, faults: Fault[]): void {
    const validate = this.validatorOf(contentType);
    if (!validate || validate(body)) return;
    const [error] = validate.errors ?? [];
    const extra =
      error?.keyword === 'additionalProperties' ? ` (${quote(String(error.params.additionalProperty))})` : '';
    faults.push({
      pointer: error?.instancePath ?? '',
      in: 'body',
      detail: `${error?.message ?? 'does not fit its schema'}${extra}`,
    });
  }

  /** Undefined when the operation takes no such type, null when it takes it unchecked. */
  private validatorOf(contentType: string | undefined): ValidateFunction | null | undefined {
    if (contentType === undefined) return undefined;
    const { essence } = parseMediaType(contentType);
    const found = this.body?.types.find(([range]) => matches(range, essence));
    return found === undefined ? undefined : isJson(essence) ? found[1] : null;
  }
}

const matches = (range: string, essence: string): boolean =>
  range === essence || range === '*/*' || (range.endsWith('/*') && essence.startsWith(range.slice(0, -1)));

const describe = ({ in: place, pointer, detail }: Fault): string => `${place}${pointer} ${detail}`;
