import { actionSwitch } from './action-switch.ts';

/** What goes into and comes out of one action is stored, whatever the run's own capture says. */
export const captureAction = actionSwitch('capture', 'Capture', {
  id: 'capture-action',
  label: 'Capture',
  inWords: 'captured',
});
