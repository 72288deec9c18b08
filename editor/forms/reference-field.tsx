import { Fragment, useId, useState } from 'react';
import type { Json } from '../../engine/document/types.ts';
import { shortValue } from '../data/short-value.ts';
import { previewPath } from '../graph/preview.ts';
import { valueAt } from '../graph/scopes.ts';
import { Icon } from '../ui/icon.tsx';
import { Popover } from '../ui/popover.tsx';
import { useForm } from './form-context.ts';
import { Fault, type FrameProps, LineFrame } from './frames.tsx';
import { faultOfReference } from './scope-entries.ts';
import { ScopeTree } from './scope-tree.tsx';
import { useFieldEdit } from './use-field.ts';

/** A path to data of the run, picked from what is available; with the last run's value beside it. */
export function ReferenceField(frame: FrameProps) {
  const { field, value } = frame;
  const id = useId();
  const form = useForm();
  const { put } = useFieldEdit(field);
  const path = ((value as { $ref?: Json[] } | undefined)?.$ref ?? null) as Json[] | null;
  const scopes = form.scopesAt(field.path);
  const fault = path === null ? null : faultOfReference(path, { scopes, data: form.data });
  return (
    <LineFrame {...frame} id={id} note={fault && form.faultsAt(field.path, true).length === 0 && <Fault {...fault} />}>
      <ReferenceButton
        id={id}
        label={field.label}
        path={path}
        isBroken={fault !== null}
        scopes={scopes}
        data={form.data}
        // A kind that was chosen has no value yet: the tree is what comes next.
        isFirst={path === null}
        onPick={(picked) => put({ $ref: picked })}
      />
    </LineFrame>
  );
}

interface ReferenceButtonProps extends Pick<Parameters<typeof ScopeTree>[0], 'label' | 'scopes' | 'data' | 'onPick'> {
  id: string;
  path: readonly Json[] | null;
  isBroken?: boolean;
  /** Opens the tree at once. */
  isFirst?: boolean;
  placeholder?: string;
}

/** A chip with a path; it opens the tree. */
function ReferenceButton({
  id,
  label,
  path,
  isBroken = false,
  isFirst = false,
  placeholder = 'Choose what to refer to',
  ...tree
}: ReferenceButtonProps) {
  const [open, setOpen] = useState(isFirst);
  const plain = path === null || path.some((part) => typeof part === 'object') ? null : (path as (string | number)[]);
  const seen = plain === null ? undefined : valueAt(tree.data, plain);
  const text = path === null ? placeholder : previewPath(path);
  return (
    <Popover
      label={`Data for ${label}`}
      open={open}
      onOpenChange={setOpen}
      className="pick pick-wide"
      anchor={
        <button type="button" id={id} className="vf-pick" aria-label={`${label}: ${text}`}>
          {path === null ? <span className="t3">{placeholder}</span> : <Chip path={path} isBroken={isBroken} />}
          <span className="grow" />
          {seen !== undefined && <span className="mono t3 cut vf-seen">{shortValue(seen)}</span>}
        </button>
      }
    >
      <ScopeTree
        label={label}
        path={plain}
        {...tree}
        onPick={(picked) => {
          setOpen(false);
          tree.onPick(picked);
        }}
      />
    </Popover>
  );
}

/** A path in parts: `line › value › sku`. */
const Chip = ({ path, isBroken = false }: { path: readonly Json[]; isBroken?: boolean }) => (
  <span className={`ref cut${isBroken ? ' is-broken' : ''}`}>
    <Icon name={isBroken ? 'warn' : 'link'} size={12} />
    {path.map((part, index) => (
      <Fragment key={index}>
        {index > 0 && <i>›</i>}
        {typeof part === 'object' ? previewPath(['', part]) : String(part)}
      </Fragment>
    ))}
  </span>
);
