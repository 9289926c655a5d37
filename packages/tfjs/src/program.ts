import { plan, shareLevels, trace, type KernelTrace, type MatrixTrace, type Trace, type TraceOptions } from '@downhill/core/compiler';
import type { ParameterInfo, Transform, TransformPart } from '@downhill/core';
import type { Executor, Prepared } from './execute/executor.ts';

/** Kernels of several parameters that run together, or rules that work on whole tensors. */
export type Round =
  | { readonly kind: 'kernel'; readonly prepared: Prepared; readonly members: readonly number[] }
  | { readonly kind: 'matrix'; readonly members: readonly { readonly parameter: number; readonly part: TransformPart }[] };

/** The whole step of a set of parameters, compiled for a backend. */
export interface StepProgram {
  readonly traces: readonly Trace[];
  readonly rounds: readonly Round[];
  dispose(): void;
}

type TraceStep = KernelTrace | MatrixTrace;

/** Sorts the parameters' ways through the chain into rounds: all kernels that can run now, then all matrix rules, and so on. */
function roundsOf(traces: readonly Trace[]): readonly (readonly { readonly parameter: number; readonly step: TraceStep }[])[] {
  const rounds: { parameter: number; step: TraceStep }[][] = [];
  const place = traces.map(() => 0);
  const next = (parameter: number): TraceStep | undefined => traces[parameter]?.steps[place[parameter] ?? 0];
  for (;;) {
    const open = traces.map((_, parameter) => parameter).filter((parameter) => next(parameter) !== undefined);
    if (open.length === 0) return rounds;
    // Whoever has fewer steps left waits, so that the last kernels of all parameters run together.
    const left = (parameter: number): number => (traces[parameter]?.steps.length ?? 0) - (place[parameter] ?? 0);
    const most = Math.max(...open.map(left));
    const due = open.filter((parameter) => left(parameter) === most);
    rounds.push(
      due.flatMap((parameter) => {
        const step = next(parameter);
        place[parameter] = (place[parameter] ?? 0) + 1;
        return step === undefined ? [] : [{ parameter, step }];
      }),
    );
  }
}

/** Traces and compiles a transform for a set of parameters. */
export function compileStep(
  transform: Transform,
  infos: readonly ParameterInfo[],
  executor: Executor,
  options: Omit<TraceOptions, 'parameters'>,
): StepProgram {
  const traces = infos.map((info) => trace(transform, info, { ...options, parameters: infos }));
  const rounds = roundsOf(traces).flatMap((members): Round[] => {
    const kernels = members.flatMap(({ parameter, step }) => (step.kind === 'kernel' ? [{ parameter, kernel: step }] : []));
    const matrices = members.flatMap(({ parameter, step }) => (step.kind === 'matrix' ? [{ parameter, part: step.part }] : []));
    const planned = kernels.map(({ parameter, kernel }) => ({ ...kernel, rank: infos[parameter]?.shape.length ?? 0 }));
    const levels = shareLevels(planned);
    const programs = planned.map((kernel, i) => {
      const info = infos[kernels[i]?.parameter ?? 0] ?? { name: '', shape: [] };
      return { info, trace: kernel, plan: plan(kernel, levels) };
    });
    return [
      ...(kernels.length === 0
        ? []
        : [{ kind: 'kernel' as const, prepared: executor.prepare(programs), members: kernels.map(({ parameter }) => parameter) }]),
      ...(matrices.length === 0 ? [] : [{ kind: 'matrix' as const, members: matrices }]),
    ];
  });
  return {
    traces,
    rounds,
    dispose: () => rounds.forEach((round) => round.kind === 'kernel' && round.prepared.dispose()),
  };
}
