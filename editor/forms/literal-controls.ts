import type { ComponentType } from 'react';
import type { ControlName } from './control-of.ts';
import { AddressControl } from './controls/address-control.tsx';
import { BooleanControl } from './controls/boolean-control.tsx';
import { ChoiceControl } from './controls/choice-control.tsx';
import { JsonControl } from './controls/json-control.tsx';
import { ListControl } from './controls/list-control.tsx';
import { NullControl } from './controls/null-control.tsx';
import { NumberControl } from './controls/number-control.tsx';
import { ObjectControl } from './controls/object-control.tsx';
import { StepsControl } from './controls/steps-control.tsx';
import { DateTimeControl, TextControl } from './controls/text-control.tsx';
import type { FrameProps } from './frames.tsx';

/** The component of each control. */
export const literalControls: Record<ControlName, ComponentType<FrameProps>> = {
  text: TextControl,
  'date-time': DateTimeControl,
  number: NumberControl,
  boolean: BooleanControl,
  null: NullControl,
  choice: ChoiceControl,
  list: ListControl,
  object: ObjectControl,
  steps: StepsControl,
  address: AddressControl,
  json: JsonControl,
};
