import type { FixedParameter, FloatParameter, StudyOptions, StudyView } from '../src/index.ts';
import { fixed, float, random, space } from '../src/index.ts';

/** The study that the tests run here, in threads and on other hosts. */
export const studied: StudyOptions<{ readonly x: FloatParameter; readonly does: FixedParameter<'slow'> }> = {
  space: space({ x: float(0, 10), does: fixed('slow') }),
  sampler: random(),
  seed: 11,
};

/** What must be the same wherever a study was run. */
export const found = ({ trials }: Pick<StudyView, 'trials'>): unknown =>
  trials.map(({ number, state, settings, value, reports, attributes, error }) => ({
    number,
    state,
    settings,
    value,
    reports,
    attributes,
    error,
  }));
