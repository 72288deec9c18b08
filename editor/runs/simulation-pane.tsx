export function SimulationPane() {
  return <p className="note loading">Nothing yet.</p>;
}
