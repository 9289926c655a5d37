import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { test } from 'vitest';
import { parseFormula } from '../formula/parse-formula.ts';
import { presets, raceOf } from './presets.ts';
import { surfaceOf } from './race-state.ts';
import { transformOf, ruleNames, rateSchedules, usualNumbers } from './rules.ts';
import { runRacer } from './run-racer.ts';
import { pairAt, stepsOf } from './trace.ts';

test('probe', async () => {
  await tf.setBackend('cpu');
  console.log(ruleNames().join(), rateSchedules().join());
  for (const rule of ruleNames()) console.log(rule, JSON.stringify(usualNumbers(rule, "bowl")));
  for (const preset of presets()) {
    const race = raceOf(preset);
    const formula = parseFormula(surfaceOf(race).formula);
    for (const racer of race.racers) {
      const begin = performance.now();
      const run = runRacer({ ...race, formula, transform: transformOf(racer, race) });
      let turn = run.next();
      while (!turn.done) turn = run.next();
      const t = turn.value;
      const n = stepsOf(t);
      console.log(
        preset.slide,
        racer.rule,
        JSON.stringify(racer.numbers),
        n,
        JSON.stringify(t.ended),
        'ms/step',
        ((performance.now() - begin) / n).toFixed(2),
        [0, 1, 2, 5, 10, 20, 40, 80, n]
          .filter((i) => i <= n)
          .map((i) => `${i}:${pairAt(t.points, i).map((v) => v.toFixed(2))}=${t.losses[i]!.toPrecision(3)}`)
          .join(' '),
        'v',
        pairAt(t.velocities, 3)
          .map((v) => v.toFixed(2))
          .join(),
        tf.memory().numTensors,
      );
    }
  }
});
