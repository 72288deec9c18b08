import type { NodeAnswer } from '../../engine/control/control.ts';

interface Status {
  look: 'running' | 'starting' | 'stopped' | 'failed';
  /** As a sentence without a full stop. */
  text: string;
}

/** What a node does at the moment, and why. */
export function statusOf(node: NodeAnswer): Status {
  if (node.server) {
    const { state, host, port, reason } = node.server;
    const at = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    if (state === 'failed') return { look: 'failed', text: reason ?? `Failed to listen on ${at}` };
    if (state === 'listening') return { look: 'running', text: reason ?? `Listening on ${at}` };
    return state === 'starting'
      ? { look: 'starting', text: `About to listen on ${at}` }
      : { look: 'stopped', text: 'Stopped' };
  }
  if (node.quarantined)
    return {
      look: 'failed',
      text: 'Set aside: it ended its worker three times within a minute. Change it to have it back',
    };
  return node.active === false ? { look: 'stopped', text: 'Not active' } : { look: 'running', text: 'Active' };
}

export function StatusDot({ node, isDraft = false }: { node: NodeAnswer | undefined; isDraft?: boolean }) {
  const { look, text } = node ? statusOf(node) : isDraft ? undeployed : unknown;
  return <span className={`dot dot-${look}`} role="img" aria-label={text} title={text} />;
}

const undeployed: Status = { look: 'starting', text: 'Never deployed' };
const unknown: Status = { look: 'starting', text: 'Not known yet' };
