import { streamKey, type TransformPart } from '@downhill/core';
import type { Uniform } from '@downhill/core/compiler';
import { clone, dispose, keep, tidy, type Tensor } from '@tensorflow/tfjs-core';
import { bringHere, type Compiled, type Member } from './compiled.ts';
import type { Cell, StepItem } from './execute/executor.ts';
import { under, type Numbers } from './scalars.ts';

/** The numbers of a step as a kernel asks for them. What is kept for reading keeps this alive, so it holds on to little. */
function uniformOf({ variable, ordinal }: Member, numbers: Numbers, total: number, step: number): StepItem['uniform'] {
  return (data: Uniform['data']) => {
    switch (data.op) {
      case 'scalar':
        return numbers.get(data.name) ?? Number.NaN;
      case 'size':
        if (data.over === 'all') return total;
        return data.over === 'tensor' ? variable.size : data.over.reduce((product, axis) => product * (variable.shape[axis] ?? 1), 1);
      case 'key':
        return streamKey(data.seed, data.stream, step, ordinal)[data.word];
      default:
        return data satisfies never;
    }
  };
}

/** A rule's own arithmetic on whole tensors. */
function runMatrix({ path, rule }: TransformPart, { variable, cells }: Member, gradient: Tensor, numbers: Numbers): Tensor {
  const own = under(path, cells);
  const result = tidy(() => {
    const output = rule.matrix?.(gradient, {
      parameter: variable,
      info: { name: variable.name, shape: variable.shape },
      slots: Object.fromEntries(Object.entries(own).map(([name, { tensor }]) => [name, tensor])),
      scalars: under(path, numbers),
    });
    const slots = Object.entries(output?.slots ?? {}).map(([name, tensor]) => [name, clone(tensor as Tensor)] as const);
    return { update: clone(output?.update as Tensor), slots: Object.fromEntries(slots) };
  });
  for (const [name, tensor] of Object.entries(result.slots)) own[name]?.replace(tensor);
  return result.update;
}

/** What a step starts from. */
export interface StepInput {
  /** In the order of the members that the step was compiled for. */
  readonly gradients: readonly Tensor[];
  readonly numbers: Numbers;
  readonly step: number;
  /** Asked before anything is stored, with the number of gradients that are not finite. */
  proceed(badGradients: number): boolean;
}

/** Runs a compiled step. @returns Whether it was stored. */
export function runStep({ program, members }: Compiled, { gradients, numbers, step, proceed }: StepInput): boolean {
  const total = members.reduce((sum, { variable }) => sum + variable.size, 0);
  const flow = [...gradients]; // what the chain has made of each gradient so far
  const made: Tensor[] = [];
  const handOn = (i: number, tensor: Tensor): void => {
    made.push(keep(tensor));
    flow[i] = tensor;
  };
  const itemFor = (i: number): StepItem => {
    const [member, gradient] = [members[i], flow[i]];
    if (member === undefined || gradient === undefined) throw new TypeError('a round names a variable that is not in the step');
    const update: Cell = { tensor: gradient, ownStorage: false, replace: (next) => handOn(i, next) };
    const cells = program.rounds.length === 1 ? member.cells : new Map([...member.cells, ['update', update]]);
    return { gradient, cells, uniform: uniformOf(member, numbers, total, step) };
  };
  gradients.forEach(bringHere);
  for (const { variable } of members) bringHere(variable);
  try {
    for (const round of program.rounds) {
      if (round.kind === 'kernel') {
        if (!round.prepared.run(round.members.map(itemFor), step, proceed)) return false;
      } else
        for (const { parameter, part } of round.members) {
          const [member, gradient] = [members[parameter], flow[parameter]];
          if (member !== undefined && gradient !== undefined) handOn(parameter, runMatrix(part, member, gradient, numbers));
        }
    }
    return true;
  } finally {
    dispose(made);
  }
}
