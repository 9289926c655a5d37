import type { Transform } from '@downhill/core';
import { nodesOf, shapeOver, trace } from '@downhill/core/compiler';

const FLOAT = 4;
/** The gradient is read, the weight is read and written. */
const WITHOUT_STATE = 3;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/**
 * The bytes that a step of a rule must move between memory and processor: gradient in, weight and slots in and out. What acts at each so-many-th
 * step alone is left out.
 */
export function bytesOfStep(rule: Transform, shapes: readonly (readonly number[])[]): number {
  const asleep = rule.parts.filter(({ every = 1 }) => every > 1).map(({ path }) => `${path}/`);
  const numbers = shapes.map((shape, index) => {
    const slots = trace(rule, { name: `weight${index}`, shape }).slots.filter(({ key }) => !asleep.some((path) => key.startsWith(path)));
    const kept = slots.map(({ over, extent = [] }) => sizeOf(extent) * sizeOf(shapeOver(shape, over)));
    return WITHOUT_STATE * sizeOf(shape) + 2 * kept.reduce((sum, size) => sum + size, 0);
  });
  return FLOAT * numbers.reduce((sum, count) => sum + count, 0);
}

/** What a step does beside one pass over the weights. */
export type RuleKind = 'elementwise' | 'reduces' | 'whole tensors' | 'looks at the loss';

/** The shape of a kernel on which rules with reductions show them: both sides are long enough for Adafactor's factors. */
const SHAPE = [256, 256];

export function kindOf(rule: Transform): RuleKind {
  if (rule.parts.some((part) => part.rule.gradients !== undefined)) return 'looks at the loss';
  const { steps } = trace(rule, { name: 'weight', shape: SHAPE }, { statistics: false });
  if (steps.some(({ kind }) => kind === 'matrix')) return 'whole tensors';
  const outputs = steps.flatMap((step) => (step.kind === 'kernel' ? step.outputs.map(({ value }) => value) : []));
  return nodesOf(outputs).some(({ op }) => op === 'reduce') ? 'reduces' : 'elementwise';
}
