import { type ReactNode, useState } from 'react';
import { ReactFlowProvider, useStoreApi } from 'reactflow';

/**
 * Keeps React Flow from measuring nodes: it would read each one's size back from the page once it is drawn, and then ask all
 * of its parts again. The layout knows all sizes, and where lines begin and end.
 */
export const Unmeasured = ({ children }: { children: ReactNode }) => (
  <ReactFlowProvider>
    <Told>{children}</Told>
  </ReactFlowProvider>
);

function Told({ children }: { children: ReactNode }) {
  const store = useStoreApi();
  // Before anything inside is drawn, since that takes the function as it is then.
  useState(() => store.setState({ updateNodeInternals: () => {} }));
  return children;
}
