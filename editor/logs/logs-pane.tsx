/** The latest records of a node and all below it, live; of everything for null. */
export function LogsPane({ node }: { node: string | null }) {
  return <p className="note loading">{node}</p>;
}
