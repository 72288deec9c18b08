export function ReplayPane() {
  return <p className="note loading">Nothing yet.</p>;
}
