import type { PluginJson } from '@downhill/core';

/** What the worker is asked: small runs under these schedules. */
export interface RunsRequest {
  /** As a saved run keeps them. */
  readonly schedules: readonly PluginJson[];
  readonly steps: number;
}

/** The losses of one of them. */
export interface RunAnswer {
  readonly schedule: number;
  readonly losses: readonly number[];
}
