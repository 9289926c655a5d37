import type { PluginJson } from '@downhill/core';

/** What the worker is asked: small runs under these schedules; a later request takes the place of an earlier one. */
export interface RunsRequest {
  readonly id: number;
  /** As a saved run keeps them. */
  readonly schedules: readonly PluginJson[];
  readonly steps: number;
}

/** The losses of one of them, or why it could not be run. */
export interface RunAnswer {
  readonly id: number;
  readonly schedule: number;
  readonly result: { readonly losses: readonly number[] } | { readonly problem: string };
}
