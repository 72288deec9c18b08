import { TextField } from './fields.tsx';
import type { Identity } from './use-identity.ts';

/** The two fields that everything has. */
export const IdentityFields = ({
  identity: { title, setTitle, id, setId, fault, shownFault },
  address,
  isChecked,
  isFirst = true,
}: {
  identity: Identity;
  /** What stands before the id in its address, as in `server/`. */
  address: string;
  /** Faults are shown also for what was not typed yet. */
  isChecked: boolean;
  isFirst?: boolean;
}) => (
  <div className="form-pair">
    <TextField label="Title" value={title} isFirst={isFirst} onChange={setTitle} />
    <TextField
      label="Id"
      value={id}
      isMono
      fault={isChecked ? fault : shownFault}
      help={
        <>
          Its address is <code>{`${address}${id === '' ? '…' : id}`}</code>.
          {/* An operation can be given another id; its resource keeps it, since it is the name of its file. */}
          {address.split('/').length === 2 && ' It cannot be changed later.'}
        </>
      }
      onChange={setId}
    />
  </div>
);
