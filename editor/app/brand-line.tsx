import { Mark } from '../ui/icon.tsx';
import { ThemeSwitch } from './theme-switch.tsx';

/** Name and theme, above whatever stands where nobody is signed in. */
export const BrandLine = () => (
  <div className="brand-line">
    <Mark />
    <b>Sluice</b>
    <span className="grow" />
    <ThemeSwitch />
  </div>
);
