import { useBackend } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import { median } from '../measure/median.ts';
import { instantiate } from '../wasm/encode.ts';
import { multiplyAddsPerTurn, registerLoop } from '../wasm/register-loop.ts';
import { multiplyAdds } from './multiply-adds.ts';
import type { TrainCase } from './train-case.ts';

/** A multiplication and an addition wait about 6 to 8 cycles and two of each start in one; x86 has 16 registers. */
const CHAINS = [8, 10, 12, 13];
const TRIALS = 9;
/** xᵢ settles at 2: no denormals, no infinities. */
const FACTOR = 0.5;
const SUMMAND = 1;

/** The multiply-adds of a step at the highest rate of 128-bit SIMD in WebAssembly: the loop of {@link registerLoop} with the best count of chains. */
export async function peak(trainCase: TrainCase): Promise<Contender> {
  await useBackend('cpu'); // layers need one to make their weights
  const count = multiplyAdds(trainCase.build(), trainCase.batch);
  const [fastest] = CHAINS.map((chains) => {
    const { call } = instantiate([registerLoop(chains)]);
    const turns = Math.ceil(count / multiplyAddsPerTurn(chains));
    const step = (): void => void call('run', turns, FACTOR, SUMMAND);
    return { chains, step, ms: timeOf(step) };
  }).toSorted((a, b) => a.ms - b.ms);
  if (fastest === undefined) throw new Error('no chains');
  const rate = (2 * count) / fastest.ms / 1e6;
  return {
    step: fastest.step,
    notes: {
      [`wasm peak, ${trainCase.name}`]: `${(count / 1e9).toFixed(3)} G multiply-adds, ${fastest.chains} chains, ${rate.toFixed(1)} GFLOPS`,
    },
  };
}

function timeOf(step: () => void): number {
  const times = Array.from({ length: TRIALS }, () => {
    const start = performance.now();
    step();
    return performance.now() - start;
  });
  return median(times.slice(Math.floor(TRIALS / 3)));
}
