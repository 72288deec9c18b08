import { SettingsFault } from './fault.ts';
import type { Settings } from './table.ts';

/**
 * Checks what only its user can judge: patterns of the redaction, and rules of the outgoing guard.
 * @throws SettingsFault
 */
export async function checkRules({ logs, outgoing }: Settings): Promise<void> {
  for (const pattern of logs.redact.patterns) {
    const fault = (await import('../log/redact.ts')).patternFault(pattern);
    if (fault !== undefined) throw unusable('logs.redact.patterns', pattern, fault);
  }
  for (const key of ['allow', 'deny'] as const) {
    for (const text of outgoing[key]) {
      const rule = (await import('../host/outgoing-rule.ts')).parseRule(text);
      if (typeof rule === 'string') throw unusable(`outgoing.${key}`, text, rule);
    }
  }
}

const unusable = (key: string, text: string, reason: string): SettingsFault =>
  new SettingsFault(`${key}: ${JSON.stringify(text)} cannot be used: ${reason}`, key);
