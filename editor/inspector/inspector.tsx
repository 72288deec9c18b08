export function Inspector() {
  return <p className="note loading">Nothing yet.</p>;
}
