import { colourOf, numberText } from '@downhill/core/page';
import type { JSX } from 'preact';
import type { RaceModel } from './race-model.ts';
import { RacerMark } from './racer-mark.tsx';
import { pairAt, stepsOf, type Trace } from './trace.ts';

/** Where each racer stands at the step that is shown, in numbers. */
export function RaceTable({ model }: { readonly model: RaceModel }): JSX.Element {
  const step = model.step.value;
  const running = model.running.value;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Where the optimizers stand">
      <table>
        <thead>
          <tr>
            <th scope="col">Optimizer</th>
            <th scope="col">Loss</th>
            <th scope="col">x</th>
            <th scope="col">y</th>
            <th scope="col">Gradient</th>
            <th scope="col">Rate</th>
            <th scope="col" class="words">
              State
            </th>
          </tr>
        </thead>
        <tbody>
          {model.entries.value.map(({ name, index, trace, problem }) => (
            <tr key={index}>
              <th scope="row">
                <RacerMark index={index} colour={colourOf(index)} /> {name}
              </th>
              {numbersAt(trace, step).map((text, i) => (
                <td key={i}>{text}</td>
              ))}
              <td class="words">{problem === undefined ? stateOf(trace, running) : 'not started'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const NONE = '–';
const text = (value: number | undefined): string => (value === undefined || Number.isNaN(value) ? NONE : numberText(value, 3));

function numbersAt(trace: Trace | undefined, step: number): readonly string[] {
  if (trace === undefined || trace.losses.length === 0) return [NONE, NONE, NONE, NONE, NONE];
  const at = Math.min(step, stepsOf(trace));
  const [x, y] = pairAt(trace.points, at);
  const gradient = pairAt(trace.gradients, at);
  return [text(trace.losses[at]), text(x), text(y), text(Math.hypot(...gradient)), text(trace.rates[Math.min(at, stepsOf(trace) - 1)])];
}

function stateOf(trace: Trace | undefined, running: boolean): string {
  if (trace === undefined) return running ? 'running' : 'not started';
  const { ended } = trace;
  if (ended.kind === 'refused') return ended.message;
  return ended.kind === 'diverged' ? `diverged at step ${ended.step}` : 'finished';
}
