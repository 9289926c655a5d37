import type { Schedule } from '@downhill/core';

/** Makes our schedule of a reference's options under our names, its base rate, and what a schedule that listens was told between one step and the next. */
export type Build = (options: Record<string, unknown>, base: number, metrics: readonly number[]) => Schedule;

/** A builder from our options. They come out of a file: the factories check them. */
export const from =
  <Options>(build: (options: Options, base: number, metrics: readonly number[]) => Schedule): Build =>
  (options, base, metrics) =>
    build(options as Options, base, metrics);
