import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { digitsFile } from '../digits/digits-file.ts';
import { fetchDigits } from '../digits/fetch-digits.ts';
import { answerRequests, type Asked } from '../work/answer-requests.ts';
import { calmly } from '../work/calmly.ts';
import { halfSize } from './half-size.ts';
import { rescuedDigits } from './rescued.ts';
import type { RunName, SnapshotAnswer, SnapshotRequest } from './snapshot-protocol.ts';
import { snapshotRun, type Digits, type JudgedSnapshot } from './snapshot-run.ts';
import { HELD_OUT, TRAINED, type SnapshotState } from './snapshot-state.ts';

const OFTEN = 100; // ms between two answers
const SHOWN = 8; // digits

const ready = setBackend('cpu'); // some 6,000 weights: a step takes two milliseconds
let kept: Digits | undefined;

async function loadDigits(): Promise<Digits> {
  const { training, test } = await fetchDigits(TRAINED, digitsFile, HELD_OUT);
  return { training: halfSize(training, TRAINED), heldOut: halfSize(test, HELD_OUT) };
}

/** Makes one of the runs, and tells how it goes. */
async function told(
  run: RunName,
  state: SnapshotState,
  digits: Digits,
  { signal, tell }: Asked<SnapshotAnswer>,
): Promise<readonly JudgedSnapshot[]> {
  const losses: number[] = [];
  const judged: JudgedSnapshot[] = [];
  const tellAtTimes = calmly(tell, OFTEN);
  await snapshotRun({
    state,
    digits,
    signal,
    onLoss(loss) {
      losses.push(loss);
      tellAtTimes({ kind: 'losses', run, losses });
    },
    onSnapshot(snapshot) {
      judged.push(snapshot);
      tell({ kind: 'losses', run, losses });
      tell({ kind: 'snapshots', run, snapshots: judged.map(({ step, alone, ensemble }) => ({ step, alone, ensemble })) });
    },
  });
  return judged;
}

answerRequests<SnapshotRequest, SnapshotAnswer>(async (state, asked) => {
  await ready;
  kept ??= await loadDigits();
  const judged = await told('cycles', state, kept, asked);
  asked.tell({ kind: 'rescued', digits: rescuedDigits(kept, judged, SHOWN) });
  if (state.cycles > 1 && !asked.signal.aborted) await told('single', { ...state, cycles: 1 }, kept, asked);
  asked.tell({ kind: 'done' });
});
