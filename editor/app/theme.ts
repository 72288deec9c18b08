import { useEffect, useState } from 'react';
import { browserStore } from '../state/browser-store.ts';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const key = 'sluice.theme';

const stored = (): Theme => {
  const value = browserStore.getItem(key);
  return themes.find((theme) => theme === value) ?? 'system';
};

/** Puts the theme that was chosen in this browser in force. */
export const applyTheme = (theme: Theme = stored()): void => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};

/** The theme and how to change it; remembered per browser. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(stored);
  useEffect(() => applyTheme(theme), [theme]);
  const change = (next: Theme) => {
    browserStore.setItem(key, next);
    setTheme(next);
  };
  return [theme, change];
}
