import { Icon } from '../ui/icon.tsx';
import { type Theme, themes, useTheme } from './theme.ts';

const names: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** Three buttons, one of them pressed. */
export function ThemeSwitch() {
  const [theme, change] = useTheme();
  return (
    <fieldset className="seg">
      <legend className="vh">Theme</legend>
      {themes.map((one) => (
        <button key={one} type="button" aria-pressed={one === theme} onClick={() => change(one)}>
          {names[one]}
        </button>
      ))}
    </fieldset>
  );
}

/** One button in the toolbar that goes from theme to theme. */
export function ThemeButton() {
  const [theme, change] = useTheme();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] as Theme;
  return (
    <button
      type="button"
      className="rail-item"
      title={`Theme: ${names[theme]}. Press for ${names[next]}.`}
      onClick={() => change(next)}
    >
      <Icon name="theme" />
      <span>Theme</span>
      <em>{names[theme]}</em>
    </button>
  );
}
