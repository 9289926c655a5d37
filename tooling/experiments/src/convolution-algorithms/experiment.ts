import type { Experiment } from '../experiment.ts';
import { dataSets } from './data-sets.ts';
import { ACCURACY, HELD_OUT_LOSS, TRAINING_LOSS } from '../quantities.ts';

/** Whether networks train as well with Winograd's convolutions, whose rounding errors are larger, as with direct ones. */
export const convolutionAlgorithms: Experiment = {
  name: 'convolution-algorithms',
  summary: 'training with direct convolutions and with those of Winograd',
  question: "Do networks train as well with Winograd's convolutions as with direct ones?",
  notes: [
    'The network is that of `npm start`, without augmentation, dropout and label smoothing: two convolutions of 3 x 3 with 16 and 32 filters, each with max pooling, a dense layer of 64, AdamW with a warm-up and a cosine, on the `wasm` backend.',
    'The two algorithms differ in the second convolution, forward and in both gradients. The first one reads one channel, where Winograd would not pay, so it is direct with both.',
    'With the same seed both start from the same weights and see the same batches; the hashes of the final weights show that they did not compute the same.',
  ],
  arms: ['direct', 'winograd'],
  quantities: [
    { name: ACCURACY, format: 'share' },
    { name: HELD_OUT_LOSS, format: 'number' },
    { name: TRAINING_LOSS, format: 'number' },
  ],
  dataSets: Object.values(dataSets),
  async prepare(needed, watch) {
    for (const { name } of needed) await dataSets[name]?.prepare?.(watch);
  },
  async train(trial, watch) {
    const { trainDigits } = await import('./train.ts'); // tfjs takes a while to load
    return trainDigits(trial, watch);
  },
};
