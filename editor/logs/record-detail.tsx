import { useEffect, useRef } from 'react';
import { Link } from '../app/link.tsx';
import { DataView as DataTree } from '../data/data-view.tsx';
import { pathToAddress } from '../state/address-path.ts';
import type { RecordAnswer } from './record-answer.ts';
import { timeText } from './record-text.ts';

/** What is shown as data, in this order. */
const data = ['value', 'input', 'output', 'error'] as const;
/** What the line already says, or nobody looks for. */
const said = new Set<string>(['id', 'time', 'node', 'run', ...data]);

/** All that a record holds. */
export function RecordDetail({ record }: { record: RecordAnswer }) {
  const { node, run } = record;
  const operation = node?.split('/').slice(0, 3).join('/');
  const others = Object.entries(record).filter(([key]) => !said.has(key));
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <div className="log-detail" ref={box}>
      {data
        .filter((key) => record[key] !== undefined)
        .map((key) => (
          <section key={key}>
            <h3>{key}</h3>
            <DataTree value={record[key]} label={`The ${key} at ${timeText(record.time)}`} />
          </section>
        ))}
      <dl>
        {node !== undefined && (
          <div>
            <dt>node</dt>
            <dd>
              <Link href={pathToAddress(node)}>{node}</Link>
            </dd>
          </div>
        )}
        {run !== undefined && operation !== undefined && (
          <div>
            <dt>run</dt>
            <dd>
              <Link href={pathToAddress(operation, run)}>{run}</Link>
            </dd>
          </div>
        )}
        {others.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
