import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { ApiProblem } from '../api/problem.ts';
import { groupsOf, type Section } from './sections.ts';
import { SettingRow } from './setting-row.tsx';
import type { SettingsEdit } from './settings-store.ts';

/** The keys of a section, one row each, under headings. */
export function KeysSection({
  section,
  edit,
  refusal,
}: {
  section: Section;
  edit: SettingsEdit;
  refusal: ApiProblem | null;
}) {
  const answers = useStore(edit.state, (state) => state.answers);
  const changes = useStore(edit.state, (state) => state.changes);
  const groups = useMemo(() => groupsOf(section, answers ?? []), [section, answers]);
  const wrong = refusal?.field?.replaceAll('/', '.') ?? null;
  return [...groups].map(([heading, rows]) => (
    <section key={heading} className="card" aria-label={heading}>
      <h2>{heading}</h2>
      {rows.map((answer) => (
        <SettingRow
          key={answer.key}
          answer={answer}
          change={changes.has(answer.key) ? { value: changes.get(answer.key) } : undefined}
          fault={wrong?.startsWith(answer.key) ? (refusal?.message ?? null) : null}
          onChange={(value) => edit.change(answer, value)}
        />
      ))}
    </section>
  ));
}
