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

/** A family of files of the general format. */
export const caseFamily = (name: string, replays: Readonly<Record<string, Replay>>): Family => ({
  name,
  needsBackend: true,
  async replay(file, content, backend) {
    const replay = replays[file];
    if (replay === undefined) throw new NotCovered(`nothing replays '${file}'`);
    await openBackend(backend);
    const before = memory().numTensors;
    const deviations: Deviation[] = [];
    for (const [i, known] of casesOf<Case>(content).entries()) {
      const compared = comparison(`case ${i + 1}`);
      await replay(known, compared, backend);
      deviations.push(...compared.deviations);
    }
    const left = memory().numTensors - before;
    if (left !== 0) throw new Error(`the replay left ${left} tensors`);
    return deviations;
  },
});
