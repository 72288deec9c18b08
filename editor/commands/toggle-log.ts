import { switchCommand } from './switch-command.ts';

export const toggleLog = switchCommand('log', 'Log');
