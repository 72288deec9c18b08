import { useId, useState } from 'react';
import type { Api } from '../../../engine/document/types.ts';
import { useProject, useWorkspace } from '../../app/workspace-context.ts';
import { type FrameProps, LineFrame } from '../frames.tsx';
import { Picker, type PickerOption } from '../picker.tsx';
import { useFieldEdit } from '../use-field.ts';

/** The address of something in the project; what does not exist yet can be typed. */
export function AddressControl(frame: FrameProps) {
  const { field, schema, value } = frame;
  const id = useId();
  const { put } = useFieldEdit(field);
  const { api } = useWorkspace();
  const project = useProject();
  const [apis, setApis] = useState<readonly Api[] | null>(null);
  const refers = schema['x-refers'] ?? 'service';
  const options = refers === 'api' ? (apis ?? []).flatMap(ofApi) : optionsOf(refers, project);
  const isMissing =
    typeof value === 'string' && value !== '' && refers !== 'api' && !options.some((option) => option.value === value);
  return (
    <LineFrame
      {...frame}
      id={id}
      note={isMissing && <p className="vf-fault vf-fault-warning">There is no {value} in what is live.</p>}
    >
      <Picker
        id={id}
        label={field.label}
        text={typeof value === 'string' ? value : ''}
        placeholder={`Choose a ${refers === 'api' ? 'n operation of an API' : refers}`.replace('a n ', 'an ')}
        options={options}
        empty={`The project has no ${refers === 'api' ? 'API' : refers} yet. Its address can be typed.`}
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

type Named = { id: string; title?: string; operations?: readonly { id: string; title?: string }[] };

function optionsOf(
  kind: 'service' | 'client' | 'server',
  { services, clients, servers }: { services: readonly Named[]; clients: readonly Named[]; servers: readonly Named[] },
): PickerOption[] {
  const all = { service: services, client: clients, server: [...servers] }[kind];
  return all.flatMap(({ id, title, operations = [] }) => [
    // The operations of a service are what is called; those of others begin by themselves.
    ...(kind === 'service'
      ? operations.map((operation) => ({ value: `service/${id}/${operation.id}`, note: operation.title }))
      : []),
    { value: `${kind}/${id}`, note: title },
  ]);
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
