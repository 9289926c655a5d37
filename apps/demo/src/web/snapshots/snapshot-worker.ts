import '@tensorflow/tfjs-backend-cpu';
import { plainMessage } from '@downhill/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { fetchDigits, testImagesFor } from '../train/fetch-digits.ts';
import { calmly, type Unnumbered } from '../work/calmly.ts';
import { halfSize } from './half-size.ts';
import { rescuedDigits } from './rescued.ts';
import type { RunName, SnapshotAnswer, SnapshotRequest } from './snapshot-protocol.ts';
import { snapshotRun, type Digits, type JudgedSnapshot } from './snapshot-run.ts';
import { TRAINED } from './snapshot-state.ts';

const OFTEN = 100; // ms between two answers
const SHOWN = 8; // digits

type Answer = Unnumbered<SnapshotAnswer>;

const ready = setBackend('cpu'); // some 6,000 weights: a step takes two milliseconds
let kept: Digits | undefined;
let latest = new AbortController();

/** The files that the build writes beside the page; workers lie one folder deeper. */
async function read(name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`../digits/${name}`, self.location.href));
  if (!response.ok) throw new Error(`the digits could not be fetched, ${response.url} gave ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function loadDigits(): Promise<Digits> {
  const { training, test } = await fetchDigits(TRAINED, read);
  return { training: halfSize(training, TRAINED), heldOut: halfSize(test, testImagesFor(TRAINED)) };
}

async function work({ id, ...state }: SnapshotRequest, signal: AbortSignal): Promise<void> {
  const post = (answer: Answer): void => {
    if (!signal.aborted) postMessage({ id, ...answer } satisfies SnapshotAnswer);
  };
  const tell = calmly(post, OFTEN);
  const run = async (name: RunName, cycles: number, digits: Digits): Promise<readonly JudgedSnapshot[]> => {
    const losses: number[] = [];
    const judged: JudgedSnapshot[] = [];
    await snapshotRun({
      state: { ...state, cycles },
      digits,
      signal,
      onLoss(loss) {
        losses.push(loss);
        tell({ kind: 'losses', run: name, losses });
      },
      onSnapshot(snapshot) {
        if (judged.length === 0) post({ kind: 'losses', run: name, losses });
        judged.push(snapshot);
        post({ kind: 'snapshots', run: name, snapshots: judged.map(({ answers, together, ...scores }) => scores) });
      },
    });
    return judged;
  };
  try {
    await ready;
    kept ??= await loadDigits();
    const judged = await run('cycles', state.cycles, kept);
    post({ kind: 'rescued', digits: rescuedDigits(kept, judged, SHOWN) });
    if (state.cycles > 1) await run('single', 1, kept);
    post({ kind: 'done' });
  } catch (error) {
    post({ kind: 'problem', message: plainMessage(error) });
  }
}

addEventListener('message', ({ data }: MessageEvent<SnapshotRequest>) => {
  latest.abort();
  latest = new AbortController();
  void work(data, latest.signal);
});
