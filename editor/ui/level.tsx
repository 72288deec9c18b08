import type { Level } from '../../engine/document/types.ts';

const shapes: Record<Level, React.ReactElement> = {
  debug: <circle cx="5" cy="5" r="3" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  info: <circle cx="5" cy="5" r="3.4" fill="currentColor" />,
  warning: <path d="M5 1.2 9.2 8.8H.8z" fill="currentColor" />,
  error: <path d="M5 .8 9.2 5 5 9.2.8 5z" fill="currentColor" />,
};

/** A level by shape, colour and word; without the word, it is the accessible name. */
export const LevelMark = ({ level, withWord = true }: { level: Level; withWord?: boolean }) => (
  <span className={`level level-${level}`}>
    <svg viewBox="0 0 10 10" aria-hidden="true">
      {shapes[level]}
    </svg>
    <span className={withWord ? '' : 'vh'}>{level}</span>
  </span>
);
