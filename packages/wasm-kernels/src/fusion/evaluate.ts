import type { Runtime } from '../runtime.ts';
import { blockOf, OPERATIONS, type Layout } from './expression.ts';
import { programOf, type Goal, type Place } from './program.ts';

const FILL_WORDS = 4;
const STEP_WORDS = 9;
const SUM_WORDS = 7;

/** Evaluates expressions block by block; a value that several of them need is worked out once. */
export function evaluate({ memory, native, scratch }: Runtime, layout: Layout, goals: readonly Goal[]): void {
  const { fills, steps, sums, blocks } = programOf(goals);
  const block = blockOf(layout);
  const words = fills.length * FILL_WORDS + steps.length * STEP_WORDS + sums.length * SUM_WORDS;
  scratch.with([words * 4, blocks * block * 4], ([program, firstBlock]) => {
    const blockAt = (index: number): number => firstBlock + index * block * 4;
    const integers = new Uint32Array(memory.memory.buffer, program, words);
    const floats = new Float32Array(memory.memory.buffer, program, words);
    let at = 0;
    const put = (...values: readonly number[]): void => {
      integers.set(values, at);
      at += values.length;
    };
    const putFloats = (...values: readonly number[]): void => {
      floats.set(values, at);
      at += values.length;
    };
    const putPlace = (place: Place): void => ('tensor' in place ? put(place.tensor, 1) : put(blockAt(place.block), 0));
    for (const { from, period, groups, block: index } of fills) put(from, period, groups > 1 ? period * 4 : 0, blockAt(index));
    for (const { operation, bounds, places, to } of steps) {
      const [a = to, b = a] = places;
      put(OPERATIONS[operation]);
      for (const place of [a, b, to]) putPlace(place);
      putFloats(bounds.low, bounds.high);
    }
    for (const { place, partial, over, address, divisor } of sums) {
      putPlace(place);
      put(blockAt(partial), over.period, address, over.groups > 1 ? over.period * 4 : 0);
      putFloats(divisor);
    }
    const [stepsAt, sumsAt] = [fills.length * FILL_WORDS, fills.length * FILL_WORDS + steps.length * STEP_WORDS];
    native.evaluateBlocks(
      program,
      fills.length,
      program + stepsAt * 4,
      steps.length,
      program + sumsAt * 4,
      sums.length,
      layout.groups,
      layout.size / layout.groups,
      block,
    );
  });
}
