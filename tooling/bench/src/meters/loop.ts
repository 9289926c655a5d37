import { cheapMeters, measured, meters, type MeterProblem, type Sink } from '@downhill/diagnostics';
import { adamw } from '@downhill/optimizers';
import { softmaxCrossEntropy, train, type Batch, type Hook } from '@downhill/training';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { clone, tensor } from '@tensorflow/tfjs-core';
import { tfjsNotes, useBackend } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import { noise } from '../noise.ts';
import { ADAMW } from '../optimizer-step/settings.ts';
import { convnet } from '../train-step/cases/convnet.ts';
import { turnstile } from './turnstile.ts';

const CADENCE = 10;

/** `train` on the convnet of train-step, which goes on for ten steps whenever it is let. */
export async function loopOfTen({ watched }: { readonly watched: boolean }): Promise<Contender> {
  await useBackend('wasm');
  await registerWasmTrainingKernels();
  const { batch, input, classes } = convnet;
  const shape = [batch, ...input];
  const xs = tensor(noise(shape.reduce((product, length) => product * length, 1)), shape);
  const ys = tensor(
    Array.from({ length: batch }, (_, row) => row % classes),
    [batch],
    'int32',
  );
  const gate = turnstile();
  async function* batches(): AsyncGenerator<Batch> {
    for (;;)
      for (let i = 0; i < CADENCE; i++) {
        if (i === 0) await gate.pass();
        yield { xs: clone(xs), ys: clone(ys) };
      }
  }
  const problems: string[] = [];
  const failed = train({
    model: convnet.build(),
    loss: softmaxCrossEntropy,
    transform: watched ? measured(adamw(ADAMW)) : adamw(ADAMW),
    batches: { examples: Infinity, batchesPerEpoch: Number.MAX_SAFE_INTEGER, batches },
    epochs: 1,
    seed: 1,
    hooks: watched ? [cheap(problems)] : [],
  });
  return {
    async step() {
      await Promise.race([gate.letThrough(), failed]);
      if (problems.length > 0) throw new Error(problems.join('; ')); // meters that are off cost nothing
    },
    notes: tfjsNotes,
  };
}

/** All cheap meters. */
function cheap(problems: string[]): Hook {
  const sink: Sink = { kind: 'sink', name: 'nowhere', write: () => {} };
  const onProblem = ({ source, error }: MeterProblem): void => void problems.push(`${source}: ${error.message}`);
  return meters(cheapMeters(), { every: CADENCE, sinks: [sink], onProblem });
}
