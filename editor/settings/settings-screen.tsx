import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { ApiProblem, messageOf } from '../api/problem.ts';
import { Link } from '../app/link.tsx';
import { useCommands } from '../app/use-commands.ts';
import { useWorkspace } from '../app/workspace-context.ts';
import { Icon } from '../ui/icon.tsx';
import { Keys } from '../ui/keys.tsx';
import { AboutSection } from './about-section.tsx';
import { HealthSide } from './health-side.tsx';
import { KeysSection } from './keys-section.tsx';
import { RedactTry } from './redact-try.tsx';
import { SecretsSection } from './secrets-section.tsx';
import { type Section, sectionOf, sections } from './sections.ts';
import { SettingsEdit } from './settings-store.ts';
import './settings.css';
import { TokensSection } from './tokens-section.tsx';
import { UsersSection } from './users-section.tsx';
import { VariablesSection } from './variables-section.tsx';

/** Survives a look at another screen, so that what was typed is still there. */
let kept: SettingsEdit | null = null;

/** Everything an administrator may set: the keys of settings.json, users, tokens, secrets and variables. */
export function SettingsScreen({ section: id }: { section: string | undefined }) {
  const { api, attempt, done, whyNot } = useWorkspace();
  const [edit] = useState(() => {
    kept ??= new SettingsEdit(api);
    return kept;
  });
  const section = sections.find((one) => one.id === id) ?? (sections[0] as Section);
  const [search, setSearch] = useState('');
  const [refusal, setRefusal] = useState<ApiProblem | null>(null);
  const { answers, changes, isSaving } = useStore(edit.state);
  const locked = whyNot('administer');
  const count = changes.size;

  useEffect(() => {
    document.title = `${section.title} · Settings · Sluice`;
  }, [section]);
  useEffect(() => {
    if (locked === undefined) attempt('The settings were not loaded', () => edit.load());
  }, [edit, locked, attempt]);

  const save = async (): Promise<void> => {
    setRefusal(null);
    try {
      await edit.save();
      done(`Saved ${count === 1 ? 'one change' : `${count} changes`}. ${waiting(edit)}`);
    } catch (thrown) {
      if (!(thrown instanceof ApiProblem) || thrown.status !== 422) throw thrown;
      setRefusal(thrown);
    }
  };
  const startSaving = (): void => attempt('The settings were not saved', save);
  const whyNotSave = count === 0 ? 'Nothing is changed.' : isSaving ? 'They are being saved.' : undefined;
  useCommands(
    () => [
      {
        id: 'save-settings',
        icon: 'save',
        label: 'Save Settings',
        keys: ['Mod+S'],
        group: 'Settings',
        whileTyping: true,
        whyNot: () => whyNotSave,
        perform: startSaving,
      },
    ],
    [whyNotSave, count],
  );

  const words = search.trim().toLowerCase();
  const found =
    words === ''
      ? null
      : (answers ?? []).filter(({ key, meaning }) => `${key} ${meaning}`.toLowerCase().includes(words));
  const wrongSection = refusal?.field ? sectionOf(refusal.field.replaceAll('/', '.')) : null;

  return (
    <main className="work settings" id="work">
      <header className="bar">
        <nav className="crumbs" aria-label="Where this is">
          <Link href="/settings">Settings</Link>
          <Icon name="right" size={12} />
        </nav>
        <h1>{section.title}</h1>
        <span className="grow" />
        {count > 0 && (
          <>
            <span className="note">
              Writes <code>settings.json</code>
            </span>
            <button type="button" className="btn btn-quiet" onClick={() => edit.discard()}>
              Discard
            </button>
          </>
        )}
        {(section.keys.length > 0 || count > 0) && (
          <button
            type="button"
            className="btn btn-primary"
            aria-disabled={whyNotSave !== undefined}
            title={whyNotSave}
            onClick={() => whyNotSave === undefined && startSaving()}
          >
            {count === 0 ? 'Save' : `Save ${count} ${count === 1 ? 'Change' : 'Changes'}`}
            <Keys keys="Mod+S" />
          </button>
        )}
      </header>
      {refusal !== null && (
        <div className="banner" role="alert">
          <Icon name="warn" />
          <span className="grow">{messageOf(refusal)} Nothing was saved.</span>
          {wrongSection !== null && wrongSection !== section && (
            <Link className="btn btn-s" href={`/settings/${wrongSection.id}`}>
              Go There
            </Link>
          )}
        </div>
      )}
      <div className={`set${section.id === 'logs' || section.id === 'store' ? ' set-sided' : ''}`}>
        <nav className="subnav" aria-label="Settings">
          <label className="field">
            <Icon name="search" size={14} />
            <input
              type="search"
              aria-label="Find a setting"
              placeholder="Find a setting"
              value={search}
              onChange={({ target }) => setSearch(target.value)}
            />
          </label>
          {found === null
            ? sections.map((one) => (
                <Link key={one.id} href={`/settings/${one.id}`} aria-current={one === section ? 'page' : undefined}>
                  {one.title}
                  {[...changes.keys()].some((key) => sectionOf(key) === one) && (
                    <span className="changed-mark">
                      <span className="vh">changed</span>
                    </span>
                  )}
                </Link>
              ))
            : found.map(({ key }) => (
                <Link key={key} className="mono" href={`/settings/${sectionOf(key).id}`} onClick={() => setSearch('')}>
                  {key}
                </Link>
              ))}
          {found?.length === 0 && <p className="note">No setting has “{search}” in its name or meaning.</p>}
        </nav>
        <div className="set-form">
          {locked !== undefined && section.keys.length > 0 ? (
            <p className="note">{locked}</p>
          ) : (
            <SectionBody section={section} edit={edit} refusal={refusal} />
          )}
        </div>
        {(section.id === 'logs' || section.id === 'store') && (
          <HealthSide
            storeMax={answers?.find(({ key }) => key === 'store.maxBytes')?.value}
            filesMax={answers?.find(({ key }) => key === 'logs.rotation.maxTotal')?.value}
          />
        )}
      </div>
    </main>
  );
}

function SectionBody({ section, edit, refusal }: { section: Section; edit: SettingsEdit; refusal: ApiProblem | null }) {
  switch (section.id) {
    case 'users':
      return <UsersSection />;
    case 'tokens':
      return <TokensSection />;
    case 'secrets':
      return <SecretsSection />;
    case 'variables':
      return <VariablesSection />;
    case 'about':
      return <AboutSection />;
    default:
      return (
        <>
          <KeysSection section={section} edit={edit} refusal={refusal} />
          {section.id === 'logs' && <RedactTry edit={edit} />}
        </>
      );
  }
}

const waiting = (edit: SettingsEdit): string => {
  const keys = (edit.state.getState().answers ?? []).filter(({ pending }) => pending !== undefined);
  return keys.length === 0 ? 'In force now.' : `${keys.map(({ key }) => key).join(', ')} from the next start on.`;
};
