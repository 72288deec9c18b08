// What the editor is compared with: 1,000 plain nodes and edges of React Flow, held as its documentation says, and the least
// that edits need: Backspace is its own, a button adds a node behind the chosen one, a field changes a label, Ctrl-Z goes back.
import { useCallback, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { Background, Controls, MiniMap, Panel, ReactFlow, useEdgesState, useNodesState } from 'reactflow';
import 'reactflow/dist/style.css';

const columns = 25;
const rows = 40;

const firstNodes = Array.from({ length: columns * rows }, (_, at) => ({
  id: String(at),
  data: { label: `Node ${at}` },
  position: { x: (at % columns) * 200, y: Math.floor(at / columns) * 80 },
}));
const join = (source, target) => ({ id: `${source}-${target}`, source, target });
const firstEdges = firstNodes.slice(1).map(({ id }, at) => join(String(at), id));

function Stress() {
  const [nodes, setNodes, onNodesChange] = useNodesState(firstNodes);
  const [edges, setEdges, onEdgesChange] = useEdgesState(firstEdges);
  const before = useRef([]);
  const chosen = nodes.find(({ selected }) => selected);

  const remember = useCallback(() => before.current.push({ nodes, edges }), [nodes, edges]);
  useEffect(() => {
    const onKeyDown = (event) => {
      if (event.key !== 'z' || !event.ctrlKey) return;
      event.preventDefault();
      const last = before.current.pop();
      if (last === undefined) return;
      setNodes(last.nodes);
      setEdges(last.edges);
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [setNodes, setEdges]);

  const insert = () => {
    remember();
    const id = `new ${before.current.length}`;
    const { x, y } = chosen.position;
    setNodes((all) => [...all, { id, data: { label: id }, position: { x: x + 40, y: y + 40 } }]);
    setEdges((all) => [...all, join(chosen.id, id)]);
  };
  const name = (label) => {
    remember();
    setNodes((all) => all.map((node) => (node.id === chosen.id ? { ...node, data: { label } } : node)));
  };
  return (
    <div style={{ width: '100vw', height: '100vh' }}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onBeforeDelete={async () => {
          remember();
          return true;
        }}
        panOnScroll
        fitView
        minZoom={0.1}
      >
        <MiniMap />
        <Controls />
        <Background />
        {chosen && (
          <Panel position="top-left">
            <button type="button" onClick={insert}>
              Add
            </button>
            <input aria-label="Title" value={chosen.data.label} onChange={(event) => name(event.target.value)} />
          </Panel>
        )}
      </ReactFlow>
    </div>
  );
}

document.body.style.margin = '0';
createRoot(document.getElementById('root')).render(<Stress />);
