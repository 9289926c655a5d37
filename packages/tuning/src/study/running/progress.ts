import type { Report } from '@downhill/core';
import { callPlugin } from '../call-plugin.ts';
import { bestSoFar, frozenTrial, type StudyContext } from '../study-context.ts';
import type { StudyProgress } from '../study.ts';

/** Tells a callback what happens, with the best trial so far. */
export interface Progress {
  begin(id: number): void;
  report(id: number, report: Report): void;
  end(id: number): void;
}

/** Trials that have ended, and that are to. */
interface Counted {
  readonly done: number;
  readonly of: number;
}

type What = { readonly type: 'begin' | 'end' } | ({ readonly type: 'report' } & Report);

export function progressTo(context: StudyContext, onEvent: ((event: StudyProgress) => void) | undefined, counted: Counted): Progress {
  let { done } = counted;
  const emit = (id: number, what: What): void => {
    const best = bestSoFar(context);
    const counts = { done, ...(counted.of === Infinity ? {} : { of: counted.of }) };
    const event = { ...what, trial: frozenTrial(context, id), ...(best === undefined ? {} : { best }), ...counts } as StudyProgress;
    if (onEvent !== undefined) callPlugin('onEvent', () => onEvent(event));
  };
  return {
    begin: (id) => emit(id, { type: 'begin' }),
    report: (id, report) => emit(id, { type: 'report', ...report }),
    end(id) {
      const { state, continues } = frozenTrial(context, id);
      if (state !== 'waiting' && continues === undefined) done += 1;
      emit(id, { type: 'end' });
    },
  };
}
