import type { ReactNode } from 'react';
import { useWorkspace } from '../app/workspace-context.ts';
import { copyText } from '../commands/copy-text.ts';
import { Icon } from '../ui/icon.tsx';

/** Where a node is, ready to be copied. */
export function AddressLine({ address, children }: { address: string; children?: ReactNode }) {
  const { attempt, say } = useWorkspace();
  const copy = async (): Promise<void> => {
    await copyText(address);
    say(`Copied ${address}.`);
  };
  return (
    <div className="row insp-address">
      <span className="mono t2 cut" title={address}>
        {address}
      </span>
      <button
        type="button"
        className="btn btn-quiet btn-icon btn-s"
        aria-label="Copy Address"
        title="Copy Address"
        onClick={() => attempt('The address was not copied', copy)}
      >
        <Icon name="copy" size={12} />
      </button>
      <span className="grow" />
      {children}
    </div>
  );
}
