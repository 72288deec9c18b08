import { BrandLine } from './brand-line.tsx';

/** Before anything is known of the engine. */
export const Unreached = ({ reason }: { reason: string }) => (
  <main className="sign-in">
    <BrandLine />
    <div className="door" role="status">
      <h1>The engine is away</h1>
      <p className="lead">{reason} Trying again every 2 s.</p>
    </div>
  </main>
);
