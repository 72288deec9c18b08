import { isId } from '../../document/address.ts';
import { found, quote } from '../../document/found.ts';
import { parsePath, pathShape, withWildcard } from '../../document/route.ts';
import type { HttpOperation } from '../../document/types.ts';
import { Names, toId } from '../ids.ts';
import type { Report } from '../report.ts';
import { methodOf, routeId, standIn } from '../routes.ts';
import type { Source } from '../source.ts';
import { type Parameter, parametersOf } from './parameters.ts';
import { requestExamples } from './request.ts';
import { resolve } from './resolve.ts';
import { stubAnswer } from './response.ts';

/** Keys of a path that are methods; the others describe all of them. */
const methodKeys = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query']);

/** One stub for every path and method of a document. */
export function stubs(root: Source, server: string, report: Report, origins: Map<string, string>): HttpOperation[] {
  const names = new Names();
  const routes = new Set<string>();
  const operations: HttpOperation[] = [];
  const paths = root.at('paths');
  for (const [path, reference] of paths.members) {
    if (path.startsWith('x-')) continue;
    const item = resolve(root, reference);
    if (item?.object === undefined) {
      report.warn(server, reference, `What ${quote(path)} leads to is not in this document; it has no stub.`);
      continue;
    }
    for (const [key, operation] of item.members) {
      if (!methodKeys.has(key)) continue;
      if (operation.object === undefined) {
        report.warn(
          server,
          operation,
          `The operation ${key.toUpperCase()} ${quote(path)} is no object; it has no stub.`,
        );
        continue;
      }
      operations.push(stub(key, path, { item, operation, root }, { names, routes, server, report, origins }));
    }
  }
  return operations;
}

interface Described {
  readonly item: Source;
  readonly operation: Source;
  readonly root: Source;
}

interface Made {
  readonly names: Names;
  /** Active routes so far. */
  readonly routes: Set<string>;
  readonly server: string;
  readonly report: Report;
  readonly origins: Map<string, string>;
}

function stub(key: string, template: string, { item, operation, root }: Described, made: Made): HttpOperation {
  const { names, routes, server, report, origins } = made;
  const method = methodOf(key) ?? 'GET';
  const { path: ours, stray } = wildcardIn(template, parametersOf(item, operation, root));
  const problem = parsePath(ours);
  const path = typeof problem === 'string' ? standIn(ours) : ours;
  const named = operation.at('operationId');
  const wanted =
    isId(named.value) && !names.has(named.value) ? named.value : toId(routeId(method, template).slice(0, 200), key);
  const id = names.give(wanted);
  const node = `${server}/${id}`;
  origins.set(node, operation.pointer);
  if (!named.isEmpty && named.value !== id) {
    report.warn(
      node,
      named,
      `The operationId ${found(named.value)} ${isId(named.value) ? 'is there twice' : 'is no id here'}; it becomes ${quote(id)}.`,
    );
  }
  if (typeof problem === 'string') {
    report.warn(node, operation, `The path ${problem} The operation is not active and has the path ${quote(path)}.`);
  }
  for (const { source, name } of stray) {
    const why = 'only the whole last segment of a path can take slashes';
    report.warn(node, source, `"x-wildcard" of ${quote(name)} has no effect: ${why}.`);
  }
  const shape = `${method} ${pathShape(path)}`;
  const isTaken = typeof problem !== 'string' && routes.has(shape);
  if (isTaken)
    report.warn(
      node,
      operation,
      `The route ${method} ${quote(path)} is already that of an operation before this one; it is not active.`,
    );
  const isActive = typeof problem !== 'string' && !isTaken;
  if (isActive) routes.add(shape);
  for (const lost of ['callbacks', 'servers']) {
    if (!operation.at(lost).isEmpty)
      report.warn(
        node,
        operation.at(lost),
        `${quote(lost)} of an operation is kept in the API only; the stub does nothing with it.`,
      );
  }
  const title = operation.at('summary').filled ?? item.at('summary').filled;
  const description = operation.at('description').filled;
  const simulations = requestExamples(item, operation, root);
  return {
    id,
    method,
    path,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    ...(!isActive && { active: false }),
    workflow: { actions: [], output: stubAnswer(operation, root, node, report) },
    ...(simulations.length > 0 && { simulations }),
  };
}

/** The path with `{name*}` for the parameter that takes slashes too, and such parameters as cannot. */
function wildcardIn(template: string, parameters: readonly Parameter[]) {
  let path = template;
  const stray: { source: Source; name: string }[] = [];
  for (const { name, place, source } of parameters) {
    const mark = source.at('x-wildcard');
    if (place !== 'path' || mark.value !== true) continue;
    const taken = withWildcard(path, name);
    if (taken === undefined) stray.push({ source: mark, name });
    else path = taken;
  }
  return { path, stray };
}
