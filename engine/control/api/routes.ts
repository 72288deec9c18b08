import type { ActionDefinition } from '../../../actions/kit/define.ts';
import type { CheckContext } from '../../document/check-context.ts';
import type { Control } from '../control.ts';
import { secretUses } from '../secrets/uses.ts';
import { draftRoutes } from './drafts.ts';
import type { Entrance } from './entrance.ts';
import { historyRoutes } from './history.ts';
import { libraryRoutes } from './library.ts';
import { logRoutes } from './logs.ts';
import { nodeRoutes } from './nodes.ts';
import { withDescription } from './openapi.ts';
import { portRoutes } from './ports.ts';
import { projectRoutes } from './project.ts';
import { recordRoutes } from './records.ts';
import { resourceRoutes } from './resources.ts';
import type { Route } from './route.ts';
import { runningRoutes } from './running.ts';
import { runRoutes } from './runs.ts';
import { secretRoutes } from './secrets.ts';
import { sessionRoutes } from './session.ts';
import { settingsRoutes } from './settings.ts';
import { simulationRoutes } from './simulate.ts';
import { streamRoutes } from './stream.ts';
import { systemRoutes } from './system.ts';
import { tokenRoutes } from './tokens.ts';
import { userRoutes } from './users.ts';
import { variableRoutes } from './variables.ts';

/** Every route there is: what is not in this table cannot be called. */
export const allRoutes = (
  control: Control,
  library: readonly ActionDefinition[],
  check: CheckContext,
  entrance: Entrance,
): Route[] =>
  withDescription(
    [
      ...systemRoutes(control),
      ...sessionRoutes(control, entrance),
      ...userRoutes(entrance),
      ...tokenRoutes(entrance),
      ...resourceRoutes(control, check),
      ...runningRoutes(control),
      ...draftRoutes(control, check),
      ...projectRoutes(control, check),
      ...portRoutes(control),
      ...historyRoutes(control),
      ...secretRoutes(control.secrets, () => secretUses(control.project(), check, control.configuration.references())),
      ...variableRoutes(control.variables),
      ...settingsRoutes(control.configuration, control.store, () => ({
        settings: control.settings,
        secrets: control.secrets.values(),
        formerSecrets: control.secrets.formerValues(),
        key: control.redactionKey,
      })),
      ...nodeRoutes(control, check),
      ...simulationRoutes(control, check),
      ...libraryRoutes(library),
      ...logRoutes(control, entrance),
      ...recordRoutes(control),
      ...streamRoutes(control, entrance),
      ...runRoutes(control),
    ],
    () => control.version,
  );
