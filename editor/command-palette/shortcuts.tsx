import { useStore } from 'zustand';
import { useWorkspace } from '../app/workspace-context.ts';
import { Dialog } from '../ui/dialog.tsx';
import { grouped } from '../ui/grouped.ts';
import { Keys } from '../ui/keys.tsx';

/** The keys of everything that can be done where one is, by heading. */
export function Shortcuts({ onClose }: { onClose(): void }) {
  const { registry } = useWorkspace();
  const commands = useStore(registry.commands).filter(({ keys }) => keys !== undefined && keys.length > 0);
  return (
    <Dialog title="Shortcuts" size="medium" description="What counts on this screen." onClose={onClose}>
      <div className="shortcuts">
        {[...grouped(commands, ({ group }) => group)].map(([group, its]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <dl>
              {its.map(({ id, label, keys }) => (
                <div key={id} className="shortcut">
                  <dt>{label}</dt>
                  <dd>
                    {keys?.map((one, index) => (
                      <span key={one}>
                        {index > 0 && ' or '}
                        <Keys keys={one} />
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <section aria-label="Menus and lists">
          <h3>Menus and lists</h3>
          <dl>
            <div className="shortcut">
              <dt>Open the menu of what has the focus</dt>
              <dd>
                <Keys keys="." />
              </dd>
            </div>
            <div className="shortcut">
              <dt>Bounds of a menu entry</dt>
              <dd>
                <Keys keys="→" />
              </dd>
            </div>
          </dl>
        </section>
      </div>
    </Dialog>
  );
}
