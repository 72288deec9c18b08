import { type ReactNode, useState } from 'react';
import type { Json } from '../../engine/document/types.ts';
import { wantsOperation } from '../graph/call-arguments.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu, MenuButton, type MenuGroups } from '../ui/menu.tsx';
import { Popover } from '../ui/popover.tsx';
import { branchesOf, emptyOf, type FieldSchema, rangeText, typeOf, typeText } from './field-schema.ts';
import { type Field, type FieldFault, useForm } from './form-context.ts';
import { KindButton, kindWords } from './kind-button.tsx';
import { useFieldEdit } from './use-field.ts';
import { literal, type ValueKind } from './value-kinds.ts';

export interface FrameProps {
  field: Field;
  /** That of the field, or the one of its branches that the value is of. */
  schema: FieldSchema;
  value: Json | undefined;
  /** Entries of the field's menu that only what it stands in knows: removing it, moving it. */
  more?: MenuGroups | undefined;
  kind: ValueKind;
  /** Left out in a place that takes no expressions. */
  onKind?: ((kind: ValueKind) => void) | undefined;
}

interface LineProps extends FrameProps {
  /** Id of the control that the label belongs to. */
  id: string;
  /** What is wrong with what was typed. */
  reason?: string | null;
  /** Stands below the control: what it comes to, or what is odd about it. */
  note?: ReactNode;
  /** The control says by itself what is wrong with its text. */
  showsFaults?: boolean;
  children: ReactNode;
}

/** A field on one line: name and type above, the kind at the left of the control. */
export function LineFrame({ id, reason = null, note, showsFaults = false, children, ...frame }: LineProps) {
  const { field, kind, onKind } = frame;
  const form = useForm();
  const faults = form.faultsAt(field.path, true);
  const isBad = reason !== null || faults.some(({ severity }) => severity === 'error');
  return (
    <div className="vf" data-field={field.label}>
      <div className="vf-label">
        <label className="mono" htmlFor={id}>
          {field.name}
        </label>
        <Kinds {...frame} />
      </div>
      <div className={`vf-box${isBad ? ' bad' : ''}`}>
        {onKind && <KindButton label={field.label} kind={kind} onChange={onKind} />}
        {children}
      </div>
      <Notes id={`${id}-note`} reason={reason} faults={showsFaults ? [] : faults} note={note} />
    </div>
  );
}

/** A field that holds others: name, type and buttons, and the others below it. */
export function GroupFrame({
  tools,
  detail,
  note,
  children,
  ...frame
}: FrameProps & { tools?: ReactNode; detail: string; note?: ReactNode; children?: ReactNode }) {
  const { field, kind, onKind } = frame;
  const form = useForm();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out like this in every browser
    <div className="vf-group" role="group" aria-label={field.label} data-field={field.label}>
      <div className="vf-group-head">
        {onKind && <KindButton label={field.label} kind={kind} onChange={onKind} />}
        <span className="mono">{field.name}</span>
        <Kinds {...frame} detail={detail} tools={tools} />
      </div>
      <Notes id="" reason={null} faults={form.faultsAt(field.path, false)} note={note} />
      {children !== undefined && <div className="vf-nest">{children}</div>}
    </div>
  );
}

/** What stands beside the name: help, type, kind, menu. */
function Kinds({
  field,
  value,
  kind,
  onKind,
  more = [],
  detail,
  tools,
}: FrameProps & { detail?: string; tools?: ReactNode }) {
  const { put } = useFieldEdit(field);
  const form = useForm();
  const branches = branchesOf(field.schema);
  const isLiteral = kind === 'literal';
  const type =
    branches.length > 1 && isLiteral ? (
      <TypeMenu field={field} value={value} detail={detail} />
    ) : (
      <span className="t3 cut">{detail ?? typeWord(field)}</span>
    );
  const unset = {
    id: 'unset',
    icon: 'clear' as const,
    label: 'Unset',
    perform: () => put(undefined, `Unset ${field.label} of ${form.title}`),
  };
  const groups: MenuGroups = [...(field.isRequired || value === undefined ? [] : [[unset]]), ...more];
  return (
    <>
      <HelpDot field={field} />
      {type}
      <span className="grow" />
      {value === undefined && isLiteral ? (
        <span className={field.isRequired ? 'vf-needed' : 't3'}>{field.isRequired ? 'needed' : 'not set'}</span>
      ) : (
        onKind && <span className="t3">{kindWords[kind].label}</span>
      )}
      {tools}
      {groups.length > 0 && <MenuButton label={`More actions for field ${field.label}`} small groups={groups} />}
    </>
  );
}

function typeWord({ name, schema }: Field): string {
  // What a condition may be says little about it: what counts is whether it holds.
  if (name === 'condition' && schema.format === 'steps') return 'true or false';
  return wantsOperation({ ...schema }) ? 'address of an operation' : typeText(schema);
}

/** The type of a literal where several are allowed. */
function TypeMenu({ field, value, detail }: { field: Field; value: Json | undefined; detail: string | undefined }) {
  const { put } = useFieldEdit(field);
  const now = value === undefined ? typeWord(field) : typeOf(value);
  const items = branchesOf(field.schema).map((branch, index) => ({
    id: String(index),
    label: typeText(branch),
    checked: branch.type === now || (branch.type === 'number' && now === 'integer'),
    perform: () => put(asType(value, emptyOf(branch))),
  }));
  return (
    <Menu label={`Type of ${field.label}`} align="start" groups={[items]}>
      <button type="button" className="vf-type t3" aria-label={`Type of ${field.label}: ${detail ?? now}`}>
        <span className="cut">{detail ?? now}</span>
        <Icon name="down" size={10} />
      </button>
    </Menu>
  );
}

/** Keeps what another type can say: a number as a text and back, a value as the first item of a list. */
function asType(value: Json | undefined, empty: Json): Json {
  if (value === undefined || value === null || value === '') return empty;
  if (typeof empty === 'string') return typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (typeof value === 'string') {
    try {
      const read = JSON.parse(value) as Json;
      if (typeof read === typeof empty && Array.isArray(read) === Array.isArray(empty)) return literal(read);
    } catch {
      // A text that is no JSON has nothing to give to another type.
    }
  }
  return Array.isArray(empty) ? [value] : empty;
}

function HelpDot({ field: { schema, label, name } }: { field: Field }) {
  const [open, setOpen] = useState(false);
  const { title, description } = schema;
  if (title === undefined && description === undefined) return null;
  return (
    <Popover
      label={`About ${label}`}
      open={open}
      onOpenChange={setOpen}
      className="vf-help"
      anchor={
        <button type="button" className="vf-info" aria-label={`About ${label}`} title={description ?? title}>
          <Icon name="info" size={12} />
        </button>
      }
    >
      <b>{title ?? name}</b>
      {description !== undefined && <p>{description}</p>}
      <p className="note">
        {schema.type === 'number' || schema.type === 'integer'
          ? `Allowed is ${rangeText(schema)}.`
          : `Type: ${typeText(schema)}.`}
        {schema.default !== undefined && ` Left out, it is ${JSON.stringify(schema.default)}.`}
      </p>
    </Popover>
  );
}

function Notes({
  id,
  reason,
  faults,
  note,
}: {
  id: string;
  reason: string | null;
  faults: readonly FieldFault[];
  note: ReactNode;
}) {
  return (
    <div className="vf-notes" id={id || undefined} aria-live="polite">
      {reason !== null && <Fault severity="error" message={`${reason} It is kept here, not in the draft.`} />}
      {reason === null && faults.map((fault) => <Fault key={fault.pointer + fault.message} {...fault} />)}
      {note}
    </div>
  );
}

/** Something that is wrong, or odd. */
export const Fault = ({ severity, message }: Pick<FieldFault, 'severity' | 'message'>) => (
  <p className={`vf-fault vf-fault-${severity}`}>
    <Icon name="warn" size={12} />
    <span>{message}</span>
  </p>
);
