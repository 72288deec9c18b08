import type { SpanTree } from '../store/run-head.ts';
import type { SimulationAnswer } from '../wire/messages.ts';

/** As much as one capture may have. */
const mostCharacters = 16 * 1024 * 1024;

/**
 * A simulation as JSON. Each value is bounded by itself, so that a large one does not take the others with it. Spans for which
 * there is no room are left out and counted.
 * @param encode bounds and redacts one value
 */
export function simulationText(
  { run, state, output, error, spans }: SimulationAnswer,
  encode: (value: unknown) => string,
  most = mostCharacters,
): string {
  let room = most;
  const part = (value: unknown): string => {
    const text = encode(value);
    room -= text.length;
    return text;
  };
  const spanText = ({
    input,
    output: given,
    error: failure,
    children,
    spansLeftOut = 0,
    ...head
  }: SpanTree): string => {
    const own = JSON.stringify(head).slice(0, -1);
    room -= own.length;
    const values = `"input":${part(input)},"output":${part(given)},"error":${part(failure)}`;
    const inside: string[] = [];
    for (const child of children) {
      if (room <= 0) break;
      inside.push(spanText(child));
    }
    const missing = spansLeftOut + children.slice(inside.length).reduce((sum, child) => sum + sizeOf(child), 0);
    const note = missing > 0 ? `,"spansLeftOut":${missing}` : '';
    return `${own},${values}${note},"children":[${inside.join(',')}]}`;
  };
  const head = `{"run":${JSON.stringify(run)},"state":${JSON.stringify(state)}`;
  return `${head},"output":${part(output)},"error":${part(error)},"spans":[${(spans as SpanTree[]).map(spanText).join(',')}]}`;
}

const sizeOf = ({ children }: SpanTree): number => children.reduce((sum, child) => sum + sizeOf(child), 1);
