import type { Runtime } from '../runtime.ts';
import { blockOf, OPERATIONS, type Layout } from './expression.ts';
import { PAIRS } from './pairs.ts';
import { programOf, type Goal, type Place } from './program.ts';

/** Numbers that `assembly/elementwise.ts` knows operations by. */
const NUMBERS = { ...OPERATIONS, ...PAIRS };

const FILL_WORDS = 4;
const STEP_WORDS = 11;
const SUM_WORDS = 5;

/** Evaluates expressions block by block; a value that several of them need is worked out once. */
export function evaluate({ memory, native, scratch }: Runtime, layout: Layout, goals: readonly Goal[]): void {
  const { fills, steps, sums, blocks } = programOf(goals);
  const block = blockOf(layout);
  const [stepsAt, sumsAt] = [fills.length * FILL_WORDS, fills.length * FILL_WORDS + steps.length * STEP_WORDS];
  const words = sumsAt + sums.length * SUM_WORDS;
  scratch.with([words * 4, blocks * block * 4], ([program, firstBlock]) => {
    const integers = new Uint32Array(memory.memory.buffer, program, words);
    const floats = new Float32Array(memory.memory.buffer, program, words);
    let at = 0;
    const put = (value: number): void => void (integers[at++] = value);
    const putFloat = (value: number): void => void (floats[at++] = value);
    const putBlock = (index: number): void => put(firstBlock + index * block * 4);
    const putPlace = (place: Place): void => {
      if ('tensor' in place) put(place.tensor);
      else putBlock(place.block);
      put('tensor' in place ? 1 : 0);
    };
    const putStride = ({ period, groups }: { period: number; groups: number }): void => put(groups > 1 ? period * 4 : 0);
    for (const fill of fills) {
      put(fill.from);
      put(fill.period);
      putStride(fill);
      putBlock(fill.block);
    }
    for (const { operation, bounds, places, to } of steps) {
      const [a = to, b = a, c = a] = places;
      put(NUMBERS[operation]);
      putPlace(a);
      putPlace(b);
      putPlace(c);
      putPlace(to);
      putFloat(bounds.low);
      putFloat(bounds.high);
    }
    for (const { partial, over, address, divisor } of sums) {
      putBlock(partial);
      put(over.period);
      put(address);
      putStride(over);
      putFloat(divisor);
    }
    const { groups, size } = layout;
    const [stepsFrom, sumsFrom] = [program + stepsAt * 4, program + sumsAt * 4];
    native.evaluateBlocks(program, fills.length, stepsFrom, steps.length, sumsFrom, sums.length, groups, size / groups, block);
  });
}
