import { evaluate, finished, NON_FINITE, type Expression } from '@downhill/core/compiler';
import type { NonFiniteUpdates, Prepared, Program, StepItem } from './executor.ts';

/** Where a gathered value of a program is kept: what is over all parameters is kept once. */
export const gatheredKey = (program: number, name: string): string => (name.startsWith('all ') ? name : `${program} ${name}`);

/** What can be read after a step out of the gathered values, for backends where reading them costs nothing. */
export interface Readings extends Pick<Prepared, 'statistics' | 'nonFinite'> {
  badGradients(): number;
  /** Takes note of a finished step. */
  note(items: readonly StepItem[], step: number): void;
}

/** @param read Gives what was gathered under a key, over a tensor or over all. */
export function makeReadings(programs: readonly Program[], read: (key: string) => number): Readings {
  const found = new Map<number, NonFiniteUpdates>();
  let uniforms: readonly StepItem['uniform'][] = [];
  const value = (program: number, node: Expression): number =>
    evaluate(node, (data) => {
      if (data.op === 'reduced') return finished(data.reduction, read(gatheredKey(program, data.name)));
      if (data.op === 'scalar' || data.op === 'size' || data.op === 'key') return uniforms[program]?.(data) ?? Number.NaN;
      return Number.NaN;
    });
  const counts = programs.map(({ plan }) => plan.statistics.find(({ name }) => name === NON_FINITE)?.value);
  return {
    badGradients() {
      const program = programs.findIndex(({ plan }) => plan.guards.length > 0); // all count the same: over all parameters
      return programs[program]?.plan.guards.reduce((bad, guard) => bad + value(program, guard), 0) ?? 0;
    },
    note(items, step) {
      uniforms = items.map((item) => item.uniform);
      counts.forEach((node, program) => {
        const count = node === undefined ? 0 : value(program, node);
        if (count > 0)
          found.set(program, { program, step: found.get(program)?.step ?? step, count: count + (found.get(program)?.count ?? 0) });
      });
    },
    statistics: () =>
      Promise.resolve(
        programs.map(({ plan }, program) =>
          Object.fromEntries(plan.statistics.map((output) => [output.name, value(program, output.value)])),
        ),
      ),
    nonFinite() {
      const seen = [...found.values()];
      found.clear();
      return Promise.resolve(seen);
    },
  };
}
