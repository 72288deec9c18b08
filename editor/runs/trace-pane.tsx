export function TracePane() {
  return <p className="note loading">Nothing yet.</p>;
}
