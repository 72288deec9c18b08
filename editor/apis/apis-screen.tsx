import { ApiEditor } from './api-editor.tsx';
import { ApiList } from './api-list.tsx';

/** The APIs of the project, or one of them while it is edited. */
export const ApisScreen = ({ open }: { open?: string | undefined }) => (
  <main className="work" id="work">
    {open === undefined ? <ApiList /> : <ApiEditor key={open} id={open} />}
  </main>
);
