import { useId, useState } from 'react';
import type { Api } from '../../../engine/document/types.ts';
import { useWorkspace } from '../../app/workspace-context.ts';
import { useResources } from '../../drafts/use-drafts.ts';
import { wantsOperation } from '../../graph/call-arguments.ts';
import { type FrameProps, LineFrame } from '../frames.tsx';
import { Picker, type PickerOption } from '../picker.tsx';
import { useFieldEdit } from '../use-field.ts';

/** The address of something in the project; what does not exist yet can be typed. */
export function AddressControl(frame: FrameProps) {
  const { field, schema, value } = frame;
  const id = useId();
  const { put } = useFieldEdit(field);
  const { api } = useWorkspace();
  const project = {
    services: useResources('service'),
    clients: useResources('client'),
    servers: useResources('server'),
  };
  const [apis, setApis] = useState<readonly Api[] | null>(null);
  const refers = schema['x-refers'] ?? 'service';
  // What takes the operation of a service cannot do anything with a service as a whole, and the other way round.
  const wanted = refers === 'service' && wantsOperation({ ...schema }) ? 'operation' : refers;
  const options = wanted === 'api' ? (apis ?? []).flatMap(ofApi) : optionsOf(wanted, project);
  const isMissing =
    typeof value === 'string' && value !== '' && refers !== 'api' && !options.some((option) => option.value === value);
  return (
    <LineFrame
      {...frame}
      id={id}
      note={isMissing && <p className="vf-fault vf-fault-warning">{missingText(value, wanted)}</p>}
    >
      <Picker
        id={id}
        label={field.label}
        text={typeof value === 'string' ? value : ''}
        placeholder={`Choose ${words[wanted]}`}
        options={options}
        empty={`The project has no ${refers === 'api' ? 'API' : wanted === 'operation' ? 'operation of a service' : refers} yet. Its address can be typed.`}
        other={(typed) => ({ label: `Use ${typed}` })}
        onOpen={() => {
          // Without them an address can still be typed.
          if (refers === 'api' && apis === null) void api.get<Api[]>('/api/apis').then(setApis, () => setApis([]));
        }}
        onPick={put}
      />
    </LineFrame>
  );
}

type Wanted = 'operation' | 'service' | 'client' | 'api' | 'server';

const words: Record<Wanted, string> = {
  operation: 'an operation of a service',
  service: 'a service',
  client: 'a client',
  api: 'an operation of an API',
  server: 'a server',
};

const missingText = (address: string, wanted: Wanted): string =>
  wanted === 'operation' && address.split('/').length < 3
    ? `Allowed is service/<id>/<operation>, found ${address}.`
    : `There is no ${address} in the project.`;

type Named = { id: string; title?: string; operations?: readonly { id: string; title?: string }[] };

function optionsOf(
  wanted: Exclude<Wanted, 'api'>,
  { services, clients, servers }: { services: readonly Named[]; clients: readonly Named[]; servers: readonly Named[] },
): PickerOption[] {
  if (wanted === 'operation')
    return services.flatMap(({ id, operations = [] }) =>
      operations.map((operation) => ({ value: `service/${id}/${operation.id}`, note: operation.title })),
    );
  return { service: services, client: clients, server: servers }[wanted].map(({ id, title }) => ({
    value: `${wanted}/${id}`,
    note: title,
  }));
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options'];

function ofApi({ id, openapi }: Api): PickerOption[] {
  const paths = Object.entries(
    (openapi.paths ?? {}) as Record<string, Record<string, { operationId?: string; summary?: string }>>,
  );
  return [
    ...paths.flatMap(([path, item]) =>
      methods
        .filter((method) => typeof item?.[method] === 'object')
        .map((method) => ({
          value: `api/${id}/${item[method]?.operationId ?? `${method.toUpperCase()} ${path}`}`,
          note: item[method]?.summary ?? `${method.toUpperCase()} ${path}`,
        })),
    ),
    { value: `api/${id}` },
  ];
}
