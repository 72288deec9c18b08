import { describe, exactly, flag, listOf, number, oneOf, orNull, text, whole } from '../../document/shape.ts';
import { runStates, runTriggers } from '../../store/run-head.ts';
import { recordAnswer } from './records.ts';
import { failure, span } from './simulate.ts';

const capture = exactly({
  reason: describe(oneOf(['switch', 'all', 'failed', 'slow', 'asked']), { description: 'Why it was captured.' }),
  spans: whole(0),
  partial: describe(flag, { description: 'Only the spans of actions whose own capture is on.' }),
  leftOut: describe(whole(0), { description: 'Spans, and values of spans, for which there was no room.' }),
});

const head = {
  id: text,
  node: text,
  operation: text,
  type: text,
  state: oneOf(runStates),
  status: orNull(number(0)),
  begin: describe(text, { description: 'RFC 3339 in UTC.' }),
  ms: orNull(number(0)),
  version: orNull(text),
  trigger: oneOf(runTriggers),
  error: orNull(failure),
  replayOf: orNull(text),
  parent: describe(orNull(text), {
    description: 'The run that called it; where that left no record, the next one above that did.',
  }),
  trace: orNull(text),
  worker: orNull(text),
  capture: describe(orNull(capture), { description: 'null when its inputs and outputs were not kept.' }),
} as const;

export const runHead = describe(exactly(head), { title: 'Run' });

export const runDetail = describe(
  exactly({
    ...head,
    spans: describe(listOf(span), { description: 'What every node did; empty without a capture.' }),
    runs: describe(listOf(runHead), {
      description: 'Runs that it called, and those that they called; without a capture those that left a record.',
    }),
    records: describe(listOf(recordAnswer), {
      description: 'Its records and those of the runs it called, oldest first.',
    }),
    recordsComplete: describe(flag, {
      description:
        'false when it is not known whether these are all: the run is under way, the logs were cleared since, or there are too many.',
    }),
  }),
  { title: 'RunDetail' },
);
