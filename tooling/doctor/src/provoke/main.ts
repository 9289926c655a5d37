// node dist/provoke/main.js FILE [RUNS] [SEED] [LABEL...]: trains RUNS provoked runs per label and writes them in the reference file's format.
import { writeFileSync } from 'node:fs';
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { FINDINGS } from '@downhill/diagnostics';
import { registerWasmTrainingKernels } from '@downhill/wasm-kernels';
import { drawsOf } from './draws.ts';
import { describe } from './describe.ts';
import { faults } from './faults.ts';
import { provokedRun } from './run.ts';
import { sensible } from './settings.ts';

const [file = 'provoked.json', perLabel = '8', firstSeed = '1', ...only] = process.argv.slice(2);
enableProdMode();
await setBackend('wasm');
await registerWasmTrainingKernels();

const labels = FINDINGS;
const runs: unknown[] = [];
const write = (): void =>
  writeFileSync(
    file,
    `{"name":"provoked","labels":${JSON.stringify(labels)},"runs":[\n${runs.map((run) => JSON.stringify(run)).join(',\n')}\n]}\n`,
  );
for (const [place, label] of labels.entries()) {
  if (only.length > 0 && !only.includes(label)) continue;
  let found = 0;
  let attempt = 0;
  for (; found < Number(perLabel) && attempt < 12 * Number(perLabel); attempt++) {
    const seed = Number(firstSeed) * 100_000 + place * 1000 + attempt;
    const draws = drawsOf(seed);
    const settings = faults[label].provoke(sensible(draws, seed), draws);
    const run = await provokedRun(settings);
    const shows = await faults[label].shows(run, settings);
    run.dispose();
    if (!shows) continue;
    found += 1;
    runs.push({ id: `${label}-${seed}`, ...run.curves, label, how: describe(settings) });
    write();
  }
  process.stderr.write(`${label}: ${found} of ${attempt} runs\n`);
}
