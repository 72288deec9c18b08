import { actionSwitch } from './action-switch.ts';

/** Begin and end of every execution of one action go to user.log. */
export const logThisAction = actionSwitch('log', 'Log', {
  id: 'log-this-action',
  label: 'Log This Action',
  inWords: 'logged',
});
