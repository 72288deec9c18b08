import { switchCommand } from './switch-command.ts';

export const toggleCapture = switchCommand('capture', 'Capture');
