import type { ActionDefinition } from '../../../actions/kit/define.ts';
import type { CheckContext } from '../../document/check-context.ts';
import type { Control } from '../control.ts';
import { libraryRoutes } from './library.ts';
import { logRoutes } from './logs.ts';
import { nodeRoutes } from './nodes.ts';
import { resourceRoutes } from './resources.ts';
import type { Route } from './route.ts';
import { sessionRoutes } from './session.ts';
import { simulationRoutes } from './simulate.ts';
import { systemRoutes } from './system.ts';

/** Every route there is: what is not in this table cannot be called. */
export const allRoutes = (control: Control, library: readonly ActionDefinition[], check: CheckContext): Route[] => [
  ...systemRoutes(control),
  ...sessionRoutes(),
  ...resourceRoutes(control, 'servers'),
  ...resourceRoutes(control, 'services'),
  ...nodeRoutes(control, check),
  ...simulationRoutes(control, check),
  ...libraryRoutes(library),
  ...logRoutes(control),
];
