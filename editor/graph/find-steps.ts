import { nameOf } from './walk.ts';
import type { GraphNode, WorkflowGraph } from './workflow-graph.ts';

/**
 * Names of the nodes in which all words of a text stand, in their order on the canvas: in the title, the id, the action's
 * id or the input's texts. Nested steps count for themselves, not for what holds them.
 */
export function findSteps(graph: WorkflowGraph, text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  return graph.nodes.flatMap((node) => {
    const name = nameOf(node);
    if (name === null) return [];
    const content = textOf(node);
    return words.every((word) => content.includes(word)) ? [name] : [];
  });
}

function textOf(node: GraphNode): string {
  switch (node.kind) {
    case 'action': {
      const { title, action, preview, output, lanes } = node.step;
      const notes = lanes.flatMap(({ label, note, gives }) => [label, note, gives]);
      // The preview is cut; what stands further behind is found as well, where no steps are nested.
      const input = lanes.length === 0 ? JSON.stringify(action.input ?? {}) : '';
      return [title, action.id, action.action, action.description, preview, input, output, ...notes]
        .filter((part) => typeof part === 'string')
        .join('\n')
        .toLowerCase();
    }
    case 'lane':
      return '';
    default:
      return `${node.label} ${node.detail}`.toLowerCase();
  }
}
