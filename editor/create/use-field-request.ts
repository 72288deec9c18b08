import { type RefObject, useEffect } from 'react';
import { fieldRequest } from '../state/field-request.ts';

/** Frames in which a dialog that led here has to close: it puts the focus back where it was. */
const patience = 30;

/** Puts the focus on what somebody is led to in the fields of a resource, now or as soon as it is asked for. */
export function useFieldRequest(resource: string, form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const look = (): void => {
      const request = fieldRequest.getState();
      if (request?.resource !== resource) return;
      fieldRequest.setState(null, true);
      focusOnce(form, request.field, patience);
    };
    look();
    return fieldRequest.subscribe(look);
  }, [resource, form]);
}

function focusOnce(form: RefObject<HTMLElement | null>, field: string, left: number): void {
  const found = [...(form.current?.querySelectorAll<HTMLElement>('label, button') ?? [])].find(
    ({ textContent }) => textContent?.trim() === field,
  );
  const control = found instanceof HTMLLabelElement ? found.control : found;
  const isBusy = document.querySelector('[role="dialog"]') !== null;
  if (control != null && !isBusy) {
    control.scrollIntoView({ block: 'center' });
    control.focus();
    if (control instanceof HTMLInputElement) control.select();
  } else if (left > 0) requestAnimationFrame(() => focusOnce(form, field, left - 1));
}
