import { Icon } from '../ui/icon.tsx';

/** What was wrong, under the field it is about; empty while nothing is. */
export const Failure = ({ id, text }: { id: string; text: string | null }) => (
  <p id={id} className="failure" role="alert">
    {text !== null && (
      <>
        <Icon name="warn" size={14} />
        <span>{text}</span>
      </>
    )}
  </p>
);
