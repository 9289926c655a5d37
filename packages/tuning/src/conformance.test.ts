import { testPruner, testSampler } from '@downhill/conformance';
import type { Pruner, Sampler } from '@downhill/core';
import { asha } from './pruners/asha.ts';
import { hyperband } from './pruners/hyperband.ts';
import { median } from './pruners/median.ts';
import { nop } from './pruners/nop.ts';
import { patient } from './pruners/patient.ts';
import { percentile } from './pruners/percentile.ts';
import { pruners } from './pruners/pruners.ts';
import { successiveHalving } from './pruners/successive-halving.ts';
import { threshold } from './pruners/threshold.ts';
import { grid } from './samplers/grid.ts';
import { halton } from './samplers/halton.ts';
import { latinHypercube } from './samplers/latin-hypercube.ts';
import { random } from './samplers/random.ts';
import { samplers } from './samplers/samplers.ts';
import { sobol } from './samplers/sobol.ts';
import { tpe } from './samplers/tpe.ts';

const everySampler: readonly (() => Sampler)[] = [
  () => grid({ points: 3 }),
  () => halton(),
  () => halton({ scramble: false }),
  () => latinHypercube({ trials: 7 }),
  () => random(),
  () => sobol(),
  () => sobol({ scramble: false }),
  () => tpe({ startupTrials: 2 }),
  () => tpe({ startupTrials: 2, multivariate: true, constantLiar: false }),
];
for (const make of everySampler) testSampler(make().name, make, { factories: samplers });

const everyPruner: readonly (() => Pruner)[] = [
  () => asha({ maxResource: 8, reductionFactor: 2 }),
  () => hyperband({ maxResource: 9 }),
  () => hyperband(),
  () => median({ startupTrials: 1 }),
  () => nop(),
  () => patient({ patience: 1, pruner: median({ startupTrials: 0 }) }),
  () => patient({ patience: 2, minDelta: 0.5, pruner: asha({ maxResource: 8, reductionFactor: 2 }) }),
  () => percentile({ percentile: 30, startupTrials: 0, intervalSteps: 2 }),
  () => successiveHalving({ minResource: 1, reductionFactor: 2 }),
  () => successiveHalving(),
  () => threshold({ lower: -1, upper: 1 }),
];
for (const make of everyPruner) testPruner(make().name, make, { factories: pruners });
