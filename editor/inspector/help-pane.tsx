export function HelpPane() {
  return <p className="note loading">Nothing yet.</p>;
}
