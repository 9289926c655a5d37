import { schedule, type Schedule, type Transform } from '@downhill/core';
import { adam, adamw, chain, decayWeights, rmsprop, sgd } from '@downhill/optimizers';
import type { Rule, Settings } from './settings.ts';

const rules: Readonly<Record<Rule, (learningRate: Schedule, weightDecay: number) => Transform>> = {
  sgd: (learningRate, weightDecay) => sgd({ learningRate, weightDecay }),
  momentum: (learningRate, weightDecay) => sgd({ learningRate, weightDecay, momentum: 0.9 }),
  adam: (learningRate, weightDecay) =>
    weightDecay > 0 ? chain(decayWeights(weightDecay), adam({ learningRate })) : adamw({ learningRate, weightDecay: 1e-4 }),
  rmsprop: (learningRate, weightDecay) =>
    weightDecay > 0 ? chain(decayWeights(weightDecay), rmsprop({ learningRate })) : rmsprop({ learningRate }),
};

/** The update rule that the settings ask for, with a rate by step. */
export const transformOf = ({ rule, weightDecay }: Settings, at: (step: number) => number): Transform =>
  rules[rule](schedule({ name: 'provoked', config: {}, at }), weightDecay);
