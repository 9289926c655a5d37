import { argv } from 'node:process';
import { setTimeout } from 'node:timers/promises';
import { float, openStudy, space } from '../src/index.ts';
import { journalFile } from '../src/storages/journal-file.ts';
import { fromAll } from './study-kit.ts';

// Goes on with a study of a journal until it has so many trials, in steps that keep a checkpoint.
const [, , path = '', trials = '0'] = argv;
const STEPS = 4;
const study = await openStudy({
  name: 'killed',
  space: space({ x: float(0, 1) }),
  sampler: fromAll(),
  seed: 9,
  storage: journalFile(path),
});

const ended = (await study.view()).trials.filter(({ state }) => state === 'complete').length;
await study.optimize(
  async ({ settings, checkpoints, report }) => {
    const kept = (await checkpoints.list()).includes('state') ? await checkpoints.read('state') : undefined;
    let [step = 0, sum = 0] = kept === undefined ? [] : [...new Float64Array(kept.slice().buffer)];
    while (step < STEPS) {
      await setTimeout(5);
      step += 1;
      sum += settings.x / step;
      await checkpoints.write('state', new Uint8Array(Float64Array.of(step, sum).buffer));
      await report(step, sum);
    }
    return sum;
  },
  { trials: Number(trials) - ended },
);
