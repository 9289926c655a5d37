import { colourOf } from '@downhill/core/page';
import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { dashOf } from '../charts/dashes.ts';
import { LineChart, type Line } from '../charts/line-chart.tsx';
import { SelectField } from '../shell/select-field.tsx';
import type { RunRecord } from './run-record.ts';

export interface PastRunsProps {
  readonly runs: ReadonlySignal<readonly RunRecord[]>;
  readonly disabled: boolean;
  onResume(run: RunRecord): void;
  onForget(run: RunRecord): void;
}

/** By the names of the recipe's readings. */
const CURVES: Readonly<Record<string, string>> = {
  val_loss: 'loss, held-out images',
  val_accuracy: 'accuracy, held-out images',
  'loss/smoothed': 'loss in training, smoothed',
  accuracy: 'accuracy in training',
  learningRate: 'learning rate',
  'gradient norm': 'gradient norm',
  'ms per step': 'milliseconds a step',
};
const MOST = 8; // lines that can be told apart

/** The command centre: the runs that this browser remembers, over one another. */
export function PastRuns({ runs, ...actions }: PastRunsProps): JSX.Element {
  const curve = useSignal('val_loss');
  const lines = useComputed((): readonly Line[] =>
    runs.value.slice(0, MOST).map(({ curves }, i) => {
      const { steps = [0], values = [null] } = curves[curve.value] ?? {};
      return { label: `run ${i + 1}`, colour: colourOf(i), ...dashOf(i), steps, values };
    }),
  );
  return (
    <section aria-label="Past runs">
      <h3>The command centre: past runs over one another</h3>
      <div class="tools">
        <SelectField label="Curve" value={curve.value} onSelect={(name) => (curve.value = name)}>
          {Object.entries(CURVES).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </SelectField>
      </div>
      <LineChart label={`${CURVES[curve.value] ?? ''} over the steps of the past runs; the table names them.`} lines={lines} />
      {runs.value.length === 0 ? (
        <p class="quiet">Runs are kept in this browser, and compared here. There is none yet.</p>
      ) : (
        <div class="scroll runs" tabIndex={0} role="group" aria-label="Table of the past runs">
          <table>
            <thead>
              <tr>
                <th scope="col">run</th>
                <th scope="col">optimizer, schedule</th>
                <th scope="col">backend</th>
                <th scope="col">images</th>
                <th scope="col">steps</th>
                <th scope="col">test accuracy</th>
                <th scope="col">actions</th>
              </tr>
            </thead>
            <tbody>
              {runs.value.map((run, i) => (
                <RunRow key={run.id} run={run} index={i} {...actions} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

interface RunRowProps extends Omit<PastRunsProps, 'runs'> {
  readonly run: RunRecord;
  readonly index: number;
}

function RunRow({ run, index, disabled, onResume, onForget }: RunRowProps): JSX.Element {
  const { config, state, step, steps, accuracy } = run;
  const again = state === 'finished' ? 'Judge' : 'Go on';
  const border = `2px ${dashOf(index).dash === undefined ? 'solid' : 'dashed'} ${colourOf(index)}`;
  return (
    <tr>
      <th scope="row">
        <span style={index < MOST ? { borderBottom: border } : {}}>{index + 1}</span>
      </th>
      <td class="words">
        {config.optimizer} {config.learningRate}, {config.schedule}
      </td>
      <td class="words">{config.backend}</td>
      <td>{config.limit}</td>
      <td>
        {step} of {steps}
      </td>
      <td>{accuracy === undefined ? '–' : `${(100 * accuracy).toFixed(2)} %`}</td>
      <td class="actions">
        <button
          type="button"
          disabled={disabled}
          onClick={() => onResume(run)}
          aria-label={`${state === 'finished' ? 'Judge' : 'Go on with'} run ${index + 1}`}
        >
          {again}
        </button>{' '}
        <button type="button" disabled={disabled} onClick={() => onForget(run)} aria-label={`Forget run ${index + 1}`}>
          Forget
        </button>
      </td>
    </tr>
  );
}
