import { alternatives, found, quote } from '../../document/found.ts';
import type { Report } from '../report.ts';
import type { Source } from '../source.ts';

/** The version of a resource that is taken: the current one, else the newest; the others are named. */
export function currentVersion(
  source: Source,
  node: string,
  report: Report,
): { content: Source; version: string | undefined } {
  const versions = source.at('version');
  const names = versions.members.filter(([, { object }]) => object !== undefined).map(([name]) => name);
  for (const [name, member] of versions.members) {
    if (member.object === undefined)
      report.warn(node, member, `The version ${quote(name)} has no content; it is left out.`);
  }
  const newest = names.toSorted(bySemver).at(-1);
  if (newest === undefined) {
    report.warn(node, source, 'The resource has no version; what stands beside its id is taken.');
    return { content: source, version: undefined };
  }
  const current = source.at('currentVersion');
  const isKnown = current.text !== undefined && names.includes(current.text);
  const version = isKnown ? (current.text ?? newest) : newest;
  if (!isKnown && !current.isEmpty) {
    report.warn(node, current, `There is no version ${found(current.value)}; the newest, ${quote(version)}, is taken.`);
  } else if (!isKnown && names.length > 1) {
    report.warn(node, source, `No version is the current one; the newest, ${quote(version)}, is taken.`);
  }
  const others = names.filter((name) => name !== version);
  if (others.length > 0) {
    const what = others.length === 1 ? 'The version' : 'The versions';
    report.warn(
      node,
      versions,
      `${what} ${alternatives(others.map(quote)).replace(/ or ([^ ]*)$/, ' and $1')} of ${node} ${others.length === 1 ? 'is' : 'are'} left out.`,
    );
  }
  return { content: versions.at(version), version };
}

/** Semantic Versioning 2.0.0, section 11; what is no version comes first, in the order of its characters. */
function bySemver(a: string, b: string): number {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) return left === right ? compare(a, b) : left === undefined ? -1 : 1;
  for (let i = 0; i < 3; i++) {
    const order = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (order !== 0) return order;
  }
  if (left.parts.length === 0 || right.parts.length === 0) return right.parts.length - left.parts.length;
  for (let i = 0; i < Math.max(left.parts.length, right.parts.length); i++) {
    const [x, y] = [left.parts[i], right.parts[i]];
    if (x === undefined || y === undefined) return x === undefined ? -1 : 1;
    const [isX, isY] = [/^\d+$/.test(x), /^\d+$/.test(y)];
    const order = isX && isY ? Number(x) - Number(y) : isX === isY ? compare(x, y) : isX ? -1 : 1;
    if (order !== 0) return order;
  }
  return 0;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function parse(text: string): { numbers: number[]; parts: string[] } | undefined {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(text);
  if (match === null) return undefined;
  const [, major, minor = '0', patch = '0', before] = match;
  return { numbers: [Number(major), Number(minor), Number(patch)], parts: before?.split('.') ?? [] };
}
