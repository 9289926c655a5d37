import { numberText } from '@downhill/core/page';
import type { JSX } from 'preact';
import type { SnapshotState } from './snapshot-state.ts';
import { percent, type SnapshotModel } from './snapshot-model.ts';
import type { Score } from './snapshot-run.ts';

const NONE = '–';
const accuracyText = (score: Score | undefined): string => (score === undefined ? NONE : percent(score.accuracy));
const lossText = (score: Score | undefined): string => (score === undefined ? NONE : numberText(score.loss, 3));

export interface SnapshotTableProps {
  readonly state: SnapshotState;
  readonly model: SnapshotModel;
}

/** Every snapshot alone, and together with those before it, in numbers. */
export function SnapshotTable({ state: { cycles }, model }: SnapshotTableProps): JSX.Element {
  const runs = model.runs.value;
  const rows = Array.from({ length: cycles }, (_, i) => ({
    name: i === cycles - 1 ? `Snapshot ${i + 1}, the last model` : `Snapshot ${i + 1}`,
    snapshot: runs.cycles.snapshots[i],
    joins: true,
  }));
  const single = { name: 'One long cycle', snapshot: runs.single.snapshots[0], joins: false };
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="How well the snapshots do">
      <table class="snapshot-table">
        <thead>
          <tr>
            <th scope="col">Model</th>
            <th scope="col">After step</th>
            <th scope="col">Alone</th>
            <th scope="col">Loss</th>
            <th scope="col">Together</th>
            <th scope="col">Loss</th>
          </tr>
        </thead>
        <tbody>
          {[...rows, ...(cycles > 1 ? [single] : [])].map(({ name, snapshot, joins }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{snapshot?.step ?? NONE}</td>
              <td>{accuracyText(snapshot?.alone)}</td>
              <td>{lossText(snapshot?.alone)}</td>
              <td>{joins ? accuracyText(snapshot?.ensemble) : ''}</td>
              <td>{joins ? lossText(snapshot?.ensemble) : ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
