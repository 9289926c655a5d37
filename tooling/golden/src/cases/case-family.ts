import '@tensorflow/tfjs-layers'; // registers tfjs's gradients
import { memory } from '@tensorflow/tfjs-core';
import { openBackend } from '../backend.ts';
import { casesOf, NotCovered, type Backend, type Config, type Deviation, type Family } from '../family.ts';
import { comparison, type Comparison } from './comparison.ts';

/** One case of a reference file of the general format. */
export interface Case {
  readonly config: Config;
  readonly input: unknown;
  readonly expected: unknown;
}

/**
 * Replays one case: builds the thing from `config`, feeds it `input` and compares with `expected`. Tensors that it makes it disposes of.
 *
 * @throws NotCovered where ours has no such thing yet.
 */
export type Replay<Known extends Case = Case> = (known: Known, compare: Comparison, backend: Backend) => void | Promise<void>;

/** A replay of cases whose config, input and expected numbers have a type; the file is trusted to hold them. */
export const replayOf = <Known extends Case>(replay: Replay<Known>): Replay => replay as Replay;

/**
 * A family of files of the general format.
 *
 * @param onBackends By file name.
 * @param plain Those whose numbers come from no tensors: they are replayed once, and count under each backend.
 */
export const caseFamily = (
  name: string,
  onBackends: Readonly<Record<string, Replay>>,
  plain: Readonly<Record<string, Replay>> = {},
): Family => ({
  name,
  needsBackend: (file) => file in onBackends,
  async replay(file, content, backend) {
    const replay = onBackends[file] ?? plain[file];
    if (replay === undefined) throw new NotCovered(`nothing replays '${file}'`);
    const onBackend = file in onBackends;
    if (onBackend) await openBackend(backend);
    const before = onBackend ? memory().numTensors : 0;
    const deviations: Deviation[] = [];
    for (const [i, known] of casesOf<Case>(content).entries()) {
      const compared = comparison(`case ${i + 1}`);
      await replay(known, compared, backend);
      deviations.push(...compared.deviations);
    }
    const left = onBackend ? memory().numTensors - before : 0;
    if (left !== 0) throw new Error(`the replay left ${left} tensors`);
    return deviations;
  },
});
