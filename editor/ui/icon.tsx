import type { ReactElement } from 'react';

const circle = (r: number) => <circle cx="8" cy="8" r={r} />;

/** 16 by 16, drawn in the colour of the text around them. */
const shapes = {
  api: <path d="M6 3 2.5 8 6 13M10 3l3.5 5-3.5 5" />,
  capture: (
    <>
      <path d="M2.5 5.5v-2a1 1 0 0 1 1-1h2M10.5 2.5h2a1 1 0 0 1 1 1v2M13.5 10.5v2a1 1 0 0 1-1 1h-2M5.5 13.5h-2a1 1 0 0 1-1-1v-2" />
      <circle className="f" cx="8" cy="8" r="2.3" />
    </>
  ),
  check: <path d="m3.5 8.5 3 3 6-7" />,
  clear: (
    <path d="M6.3 13.2 2.7 9.6a1 1 0 0 1 0-1.4l5.5-5.5a1 1 0 0 1 1.4 0l3.7 3.7a1 1 0 0 1 0 1.4l-5.4 5.4zM5.4 5.5l5.1 5.1M6.3 13.2h7.2" />
  ),
  clock: (
    <>
      {circle(5.8)}
      <path d="M8 4.8V8l2.2 1.4" />
    </>
  ),
  close: <path d="m4 4 8 8M12 4l-8 8" />,
  container: (
    <>
      <path d="M8 2v3M8 5 3.5 9v4M8 5l4.5 4v4" />
      <circle className="f" cx="8" cy="5" r="1.6" />
    </>
  ),
  download: <path d="M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.5 13.5h11" />,
  end: (
    <>
      {circle(5.5)}
      <rect className="f" x="5.8" y="5.8" width="4.4" height="4.4" rx=".6" />
    </>
  ),
  eye: (
    <>
      <path d="M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8z" />
      {circle(1.9)}
    </>
  ),
  globe: (
    <>
      {circle(5.8)}
      <path d="M2.2 8h11.6M8 2.2c2 1.7 2.8 3.6 2.8 5.8S10 12.1 8 13.8C6 12.1 5.2 10.2 5.2 8S6 3.9 8 2.2" />
    </>
  ),
  kebab: (
    <>
      <circle className="f" cx="8" cy="3.2" r="1.15" />
      <circle className="f" cx="8" cy="8" r="1.15" />
      <circle className="f" cx="8" cy="12.8" r="1.15" />
    </>
  ),
  loop: <path d="M3 6.5A5.2 5.2 0 0 1 12.4 5M13 2.5v3h-3M13 9.5A5.2 5.2 0 0 1 3.6 11M3 13.5v-3h3" />,
  log: <path d="M3 4h.01M3 8h.01M3 12h.01M6 4h7.5M6 8h7.5M6 12h5" />,
  off: (
    <>
      {circle(5.8)}
      <path d="m4 4 8 8" />
    </>
  ),
  ok: (
    <>
      {circle(6)}
      <path d="m5.3 8.2 1.9 1.9 3.5-4" />
    </>
  ),
  right: <path d="M6 3.5 10.5 8 6 12.5" />,
  search: (
    <>
      <circle cx="7" cy="7" r="4.5" />
      <path d="M10.4 10.4 14 14" />
    </>
  ),
  server: <path d="M2.5 3.5h11v4h-11zM2.5 8.5h11v4h-11zM5 5.5h.01M5 10.5h.01M8 5.5h3M8 10.5h3" />,
  service: <path d="M8 2.2 13 5v6l-5 2.8L3 11V5zM3 5l5 2.8L13 5M8 7.8v6" />,
  shield: <path d="m8 2 5 2v4c0 3-2.2 5-5 6-2.8-1-5-3-5-6V4z" />,
  start: (
    <>
      {circle(5.5)}
      <circle className="f" cx="8" cy="8" r="2.2" />
    </>
  ),
  steps: <path d="M2.5 4h6M5 8h6M8 12h5.5" />,
  text: <path d="M3.5 4.5v-1h9v1M8 3.5v9M6.5 12.5h3" />,
  theme: (
    <>
      {circle(5.8)}
      <path className="f" d="M8 2.2a5.8 5.8 0 0 1 0 11.6z" />
    </>
  ),
  leave: <path d="M9.5 2.5h-6v11h6M6.5 8h7M11 5.5 13.5 8 11 10.5" />,
  warn: <path d="M8 2.5 14.2 13H1.8zM8 6.5v3M8 11.3h.01" />,
} satisfies Record<string, ReactElement>;

export type IconName = keyof typeof shapes;

/** Decoration: what it means stands beside it as text, or in the name of its button. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: 10 | 12 | 14 | 16 }) => (
  <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
    {shapes[name]}
  </svg>
);

/** The logo: a gate between two water levels. */
export const Mark = () => (
  <svg className="mark" viewBox="0 0 24 24" aria-hidden="true">
    <path className="mark-water" d="M2 9.5h8v11H2z" />
    <path className="mark-water mark-low" d="M14 15.5h8v5h-8z" />
    <path className="mark-gate" d="M10 3.5h4V15h-4z" />
    <path className="mark-line" d="M2 21.5h20M10 18v3.5M14 18v3.5" />
  </svg>
);
