import { complete, randomStream, streamKey, type RandomStream } from '@downhill/core';
import type { Choice } from '../space/parameter.ts';
import type { Settings } from '../space/settings.ts';
import type { StudyView } from '../study/study-view.ts';
import { mapSettings } from './map-settings.ts';
import { sampler, type Sampler } from './sampler.ts';
import { parameterGroups, type ParameterGroup } from './tpe/parameter-groups.ts';
import { mixture, PARZEN_DEFAULTS, type ParzenOptions } from './tpe/parzen-estimator.ts';
import { rankedTrials } from './tpe/observations.ts';

export interface TpeOptions extends ParzenOptions {
  readonly startupTrials?: number;
  readonly candidates?: number;
  readonly constantLiar?: boolean;
  readonly gamma?: (finished: number) => number;
  readonly local?: boolean;
}

const DEFAULTS = { ...PARZEN_DEFAULTS, startupTrials: 10, candidates: 24, constantLiar: true, gamma: (n: number) => Math.min(Math.ceil(0.1 * n), 25), local: false };

export function tpe(options: TpeOptions = {}): Sampler {
  const full = complete('tpe', options, DEFAULTS);
  return sampler({
    name: 'tpe',
    config: options as Readonly<Record<string, unknown>>,
    sample: (study, number) => sampleTpe(study, number, full),
  });
}

function fraction(stream: RandomStream, place: number): number {
  return (stream.integerBelow(place, 2 ** 52) + 0.5) / 2 ** 52;
}

function sampleTpe(study: StudyView, number: number, options: Required<TpeOptions>): Settings {
  const { trials, finished } = rankedTrials(study, options.constantLiar);
  const groups = parameterGroups(study.space.parameters, options.multivariate);
  const chosen: Record<string, Choice> = {};
  const startup = finished < options.startupTrials;
  return mapSettings(study.space, (_p, name) => {
    if (!(name in chosen)) {
      const group = groups.find((g) => name in g)!;
      const stream = randomStream(streamKey(study.seed, 'tpe', number, name));
      Object.assign(chosen, startup ? mixtureUniform(group, stream) : better(group, trials.map(t=>t), options, finished, stream));
    }
    return chosen[name]!;
  });
}

function mixtureUniform(group: ParameterGroup, stream: RandomStream): Settings {
  const r: Record<string, Choice> = {};
  Object.entries(group).forEach(([name, p], i) => {
    const q = fraction(stream, i);
    if (p.kind === 'categorical') r[name] = p.choices[Math.floor(q * p.choices.length)]!;
    else { const s = scaleOf(p); r[name] = s.valueAt(s.low + q * (s.high - s.low)); }
  });
  return r;
}

function better(group: ParameterGroup, ranked: readonly FrozenTrial[], options: Required<TpeOptions>, finished: number, stream: RandomStream): Settings {
  const names = Object.keys(group);
  const has = (t: FrozenTrial): boolean => names.every((n) => t.settings[n] !== undefined);
  const pool = options.local ? ranked.filter(has) : ranked;
  const count = options.gamma(options.local ? pool.length : finished);
  const byAge = (l: readonly FrozenTrial[]): Settings[] => l.filter(has).sort((a, b) => a.number - b.number).map((t) => t.settings);
  const good = mixture(group, byAge(pool.slice(0, count)), options);
  const bad = mixture(group, byAge(pool.slice(count)), options);
  let best: Settings | undefined; let top = -Infinity;
  for (let c = 0; c < options.candidates; c++) {
    const candidate = good.sample((place) => fraction(stream, c * (names.length + 1) + place));
    const score = good.logPdf(candidate) - bad.logPdf(candidate);
    if (best === undefined || score > top) { best = candidate; top = score; }
  }
  return best!;
}
import { scaleOf } from './tpe/scale.ts';
import type { FrozenTrial } from '../study/frozen-trial.ts';
