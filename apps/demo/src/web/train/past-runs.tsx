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

const CURVES = ['val_loss', 'val_accuracy', 'loss/smoothed', 'accuracy', 'learningRate', 'gradient norm'];
const MOST = 8; // lines that can be told apart

/** The runs that this browser remembers, over one another. */
export function PastRuns({ runs, disabled, onResume, onForget }: PastRunsProps): JSX.Element {
  const curve = useSignal(CURVES[0] ?? '');
  const lines = useComputed((): readonly Line[] =>
    runs.value.slice(0, MOST).map(({ curves }, i) => {
      const { steps = [0], values = [null] } = curves[curve.value] ?? {};
      return { label: `run ${i + 1}`, colour: colourOf(i), ...dashOf(i), steps, values };
    }),
  );
  return (
    <section aria-label="Past runs">
      <h3>Past runs</h3>
      {runs.value.length === 0 && <p class="quiet">Runs are kept in this browser, and shown here over one another.</p>}
      {runs.value.length > 0 && (
        <>
          <SelectField label="curve" value={curve.value} onSelect={(name) => (curve.value = name)}>
            {CURVES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </SelectField>
          <LineChart label="A curve of the past runs; the table names them." lines={lines} />
          <div class="scroll" tabIndex={0} role="group" aria-label="Past runs">
            <table class="runs">
              <thead>
                <tr>
                  <th scope="col">run</th>
                  <th scope="col">rule</th>
                  <th scope="col">images</th>
                  <th scope="col">step</th>
                  <th scope="col">test accuracy</th>
                  <th scope="col">actions</th>
                </tr>
              </thead>
              <tbody>
                {runs.value.map((run, i) => (
                  <tr key={run.id}>
                    <th scope="row">
                      <span style={i < MOST ? { borderBottom: `2px solid ${colourOf(i)}` } : {}}>{i + 1}</span>
                    </th>
                    <td class="words">
                      {run.config.optimizer} {run.config.learningRate}, {run.config.schedule}
                    </td>
                    <td>{run.config.limit}</td>
                    <td>
                      {run.step} of {run.steps}
                    </td>
                    <td>{run.accuracy === undefined ? '–' : `${(100 * run.accuracy).toFixed(2)} %`}</td>
                    <td>
                      <button type="button" disabled={disabled} onClick={() => onResume(run)} aria-label={`${run.state === 'finished' ? 'Judge' : 'Go on with'} run ${i + 1}`}>
                        {run.state === 'finished' ? 'Judge' : 'Go on'}
                      </button>{' '}
                      <button type="button" disabled={disabled} onClick={() => onForget(run)} aria-label={`Forget run ${i + 1}`}>
                        Forget
                      </button>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
