import { useEffect, useRef } from 'react';
import { covers } from '../../engine/document/address.ts';
import { type PaneRequest, paneRequest } from '../state/pane-request.ts';

/** Hands over the tabs that a command wants to have on screen beside `place` or a node in it, now or as soon as it does. */
export function usePaneRequest(place: string | null, take: (request: PaneRequest) => void): void {
  const latest = useRef(take);
  latest.current = take;
  useEffect(() => {
    const look = (request: PaneRequest | null): void => {
      if (request === null || place === null || !covers(place, request.address)) return;
      paneRequest.setState(null, true);
      latest.current(request);
    };
    look(paneRequest.getState());
    return paneRequest.subscribe(look);
  }, [place]);
}
