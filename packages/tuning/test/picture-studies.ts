import { randomStream, streamKey } from '@downhill/core';
import { exp, log, pow } from '@downhill/core/math';
import {
  categorical,
  float,
  int,
  mapSettings,
  settingAt,
  space,
  when,
  type FrozenTrial,
  type Space,
  type StudyView,
} from '../src/index.ts';

export const network: Space = space({
  rate: float(1e-5, 1e-1, { log: true }),
  optimizer: categorical(['sgd', 'adam', 'lion']),
  momentum: when({ optimizer: ['sgd'] }, float(0, 0.99)),
  layers: int(1, 8),
  units: int(8, 1024, { log: true }),
  dropout: float(0, 0.5, { step: 0.1 }),
});

/** A study as it may come out: three reports a trial, some pruned, some failed. Drawn from `seed` alone. */
export function studyOf(
  trials: number,
  { searched = network, seed = 1, name = 'network' }: { searched?: Space; seed?: number; name?: string } = {},
): StudyView {
  const random = randomStream(streamKey(seed, 'pictures'));
  let drawn = 0;
  const uniform = (): number => random.uniformAt(drawn++);
  const trial = (number: number): FrozenTrial => {
    const settings = mapSettings(searched, (parameter) => settingAt(parameter, uniform()));
    const [rate = 1] = Object.values(settings).filter((value) => typeof value === 'number');
    const value = pow(log(Math.abs(rate) + 1e-6) + 5, 2) / 10 + 0.1 + 0.3 * exp(-uniform());
    const shared = { number, settings, repeat: 0, attributes: {}, startedAt: 1000 * number, endedAt: 1000 * number + 500 };
    const reports = [1, 2, 3, 4, 5].map((step) => ({ step, value: value + 2 / step + 0.1 * uniform() }));
    const fate = uniform();
    if (fate < 0.08) return { ...shared, state: 'failed', reports: reports.slice(0, 1), error: 'Error: the loss is NaN' };
    if (fate < 0.35) return { ...shared, state: 'pruned', reports: reports.slice(0, 2) };
    return { ...shared, state: 'complete', reports, value };
  };
  return { name, direction: 'minimize', seed, space: searched, trials: Array.from({ length: trials }, (_, number) => trial(number)) };
}

/** The same study, but that no trial came to an end. */
export function allFailed(study: StudyView): StudyView {
  const failed = ({ value, ...trial }: FrozenTrial): FrozenTrial => ({
    ...trial,
    state: 'failed',
    reports: [],
    error: `no value like ${value}`,
  });
  return { ...study, trials: study.trials.map(failed) };
}
