import { Component, type ReactNode } from 'react';
import { Icon } from '../ui/icon.tsx';

interface StumbleProps {
  /** What cannot be shown, as in `This screen`. */
  what: string;
  /** Changes when another thing is shown in the same place: then it is tried again. */
  place: string;
  /** Further ways on. */
  ways?: ReactNode;
  /** The page's main part, which has to be there once. */
  isMain?: boolean;
  children: ReactNode;
}

/** Keeps a fault in a part of the page from taking the rest with it: says what happened, and offers to try again. */
export class Stumble extends Component<StumbleProps, { thrown: unknown; place: string }> {
  override state = { thrown: undefined as unknown, place: this.props.place };

  static getDerivedStateFromError(thrown: unknown): { thrown: unknown } {
    return { thrown: thrown ?? new Error('nothing is known of it') };
  }

  static getDerivedStateFromProps(props: StumbleProps, state: { thrown: unknown; place: string }) {
    return props.place === state.place ? null : { thrown: undefined, place: props.place };
  }

  override render(): ReactNode {
    const { thrown } = this.state;
    const { what, ways, isMain = false, children } = this.props;
    if (thrown === undefined) return children;
    const Frame = isMain ? 'main' : 'div';
    return (
      <Frame className={isMain ? 'work' : 'stumble'} {...(isMain && { id: 'work' })}>
        <div className="empty" role="alert">
          <Icon name="warn" />
          <h2>{what} cannot be shown</h2>
          <p>
            {thrown instanceof Error ? thrown.message : String(thrown)}. What you typed is kept. This is a fault of the
            editor, or of a document that is not in order.
          </p>
          <div className="row">
            <button type="button" className="btn" onClick={() => this.setState({ thrown: undefined })}>
              Try Again
            </button>
            {ways}
          </div>
        </div>
      </Frame>
    );
  }
}
