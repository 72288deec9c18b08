import { useEffect } from 'react';
import { type Theme, themes, useTheme } from './theme.ts';
import { useCommands } from './use-commands.ts';
import { useWorkspace } from './workspace-context.ts';

const nextNames: Record<Theme, string> = {
  system: 'Follow The System',
  light: 'Use The Light Theme',
  dark: 'Use The Dark Theme',
};

/** Once the first screen stands. */
const aheadMs = 1000;

/** The commands that can be given on every screen. */
export function WorkspaceCommands({ onSignOut }: { onSignOut(): void }) {
  const { ask, go } = useWorkspace();
  const [theme, changeTheme] = useTheme();
  useEffect(() => {
    // Whoever presses the key types on at once: what the palette is made of must be there by then.
    const timer = setTimeout(() => void import('../command-palette/command-palette.tsx').catch(() => {}), aheadMs);
    return () => clearTimeout(timer);
  }, []);
  useCommands(
    () => [
      {
        id: 'command-palette',
        icon: 'search',
        label: 'Find Anything…',
        keys: ['Mod+K'],
        group: 'Everywhere',
        whileTyping: true,
        perform: () => ask({ dialog: 'command-palette' }),
      },
      {
        id: 'shortcuts',
        icon: 'keyboard',
        label: 'Show Shortcuts',
        keys: ['?'],
        group: 'Everywhere',
        perform: () => ask({ dialog: 'shortcuts' }),
      },
      {
        id: 'settings',
        icon: 'settings',
        label: 'Open Settings',
        keys: ['Mod+,'],
        group: 'Everywhere',
        perform: () => go('/settings'),
      },
      ...themes
        .filter((one) => one !== theme)
        .map((one) => ({
          id: `theme-${one}`,
          icon: 'theme' as const,
          label: nextNames[one],
          group: 'Everywhere',
          keywords: 'dark light appearance look',
          perform: () => changeTheme(one),
        })),
      { id: 'sign-out', icon: 'leave', label: 'Sign Out', group: 'Everywhere', perform: onSignOut },
    ],
    [ask, go, theme],
  );
  return null;
}
