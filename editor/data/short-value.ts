import { markOf } from './mark.ts';

/** A value on one line of at most so many characters, for a preview: `"O-88122-1"`, `{"id":7,"lines":[…]}`. */
export function shortValue(value: unknown, most = 60): string {
  const line = new Line(most);
  write(value, line, 0);
  return line.isFull ? `${line.text.slice(0, most - 1)}…` : line.text;
}

class Line {
  text = '';
  constructor(private readonly most: number) {}
  get isFull(): boolean {
    return this.text.length > this.most;
  }
  get room(): number {
    return Math.max(0, this.most - this.text.length);
  }
}

const deepest = 3;

function write(value: unknown, line: Line, depth: number): void {
  if (line.isFull) return;
  if (typeof value === 'string') line.text += JSON.stringify(value.slice(0, line.room + 1));
  else if (typeof value !== 'object' || value === null) line.text += value === undefined ? 'nothing' : String(value);
  else {
    const mark = markOf(value);
    if (mark !== null) line.text += mark.text;
    else writeMembers(value, line, depth);
  }
}

function writeMembers(container: object, line: Line, depth: number): void {
  const isArray = Array.isArray(container);
  const [open, close] = isArray ? '[]' : '{}';
  line.text += open;
  let isFirst = true;
  for (const key in container) {
    if (!Object.hasOwn(container, key)) continue;
    if (line.isFull) return;
    if (!isFirst) line.text += ',';
    isFirst = false;
    if (depth >= deepest) {
      line.text += '…';
      break;
    }
    if (!isArray) line.text += `${JSON.stringify(key)}:`;
    write((container as { [key: string]: unknown })[key], line, depth + 1);
  }
  line.text += close;
}

/** What kind of value it is, with its size: `text`, `3 items`, `12 keys`. */
export function typeInWords(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 1 ? '1 item' : `${value.length.toLocaleString('en')} items`;
  if (typeof value === 'object') {
    const mark = markOf(value);
    if (mark !== null) return mark.kind;
    const count = Object.keys(value).length;
    return count === 1 ? '1 key' : `${count.toLocaleString('en')} keys`;
  }
  return typeof value === 'string' ? 'text' : typeof value;
}
