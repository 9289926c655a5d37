import { memoryStore, type CheckpointStore, type Json, type Settings } from '@downhill/core';
import type { Trial } from '../src/study/trial.ts';

export interface MadeTrial extends Trial {
  readonly reports: Map<number, number>;
  readonly attributes: Record<string, Json>;
}

/** A trial without a study, which notes what it is told; `ends` is the step at whose report it should end. */
export function madeTrial(
  settings: Settings,
  {
    number = 0,
    reached,
    ends = Infinity,
    checkpoints = memoryStore(),
    signal = new AbortController().signal,
  }: { number?: number; reached?: number; ends?: number; checkpoints?: CheckpointStore; signal?: AbortSignal } = {},
): MadeTrial {
  const reports = new Map<number, number>();
  const attributes: Record<string, Json> = {};
  return {
    number,
    settings,
    repeat: 0,
    seed: 7,
    ...(reached === undefined ? {} : { reached }),
    checkpoints,
    signal,
    reports,
    attributes,
    async report(step, value) {
      if (!reports.has(step)) reports.set(step, value);
      return step >= ends;
    },
    async setAttribute(key, value) {
      attributes[key] = value;
    },
  };
}
