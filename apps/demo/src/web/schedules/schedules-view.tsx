import { colourOf, numberText } from '@downhill/core/page';
import { constant } from '@downhill/schedulers';
import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { dashOf } from '../charts/dashes.ts';
import { LineChart, type Line } from '../charts/line-chart.tsx';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import { useWorker } from '../work/use-worker.ts';
import { readCourse, writeCourse } from './course-address.ts';
import { codeOf } from './course-code.ts';
import { CourseSettings } from './course-settings.tsx';
import { makeCourse, valuesOf } from './course.ts';
import { Gallery } from './gallery.tsx';
import type { RunAnswer, RunsRequest } from './schedules-protocol.ts';

/** Schedules: all plotted, their numbers on sliders, composed, and what a course does to a small real run. */
export function SchedulesView(): JSX.Element {
  const { state, problems } = useAddressState('schedules', { read: readCourse, write: writeCourse });
  const losses = useSignal<readonly (readonly number[])[]>([]);
  const ask = useWorker<RunsRequest, RunAnswer>(
    () => new Worker(new URL('./schedules-worker.ts', import.meta.url), { type: 'module', name: 'schedules' }),
    {
      answer({ schedule, losses: curve }) {
        losses.value = Object.assign([...losses.value], { [schedule]: curve });
      },
      failed(message) {
        problems.value = [`The small run could not be made: ${message}. Load the page again.`];
      },
    },
  );
  const made = useComputed(() => makeCourse(state.value));
  const told = useComputed(() => [...problems.value, ...('problem' in made.value ? [made.value.problem] : [])]);
  const values = useComputed(() => ('schedule' in made.value ? valuesOf(made.value.schedule, state.value.steps) : []));
  const highest = useComputed(() => Math.max(0, ...values.value));
  const rates = useComputed((): readonly Line[] => [{ label: 'learning rate', colour: colourOf(0), values: values.value }]);
  const curves = useComputed((): readonly Line[] =>
    ['with this course', 'at its highest rate throughout'].map((label, i) => ({
      label,
      colour: colourOf(i),
      ...dashOf(i),
      values: losses.value[i] ?? [],
    })),
  );

  useSignalEffect(() => {
    if (!('schedule' in made.value)) return;
    const schedules = [made.value.schedule.toJSON(), constant(highest.value).toJSON()];
    ask({ schedules, steps: state.value.steps });
  });

  const choose = (name: string): void => {
    const { phases } = state.value;
    state.value = { ...state.value, phases: [...phases.slice(0, -1), { shape: name, values: {}, length: phases.at(-1)?.length ?? 100 }] };
  };
  const last = losses.value.map((curve) => curve.at(-1));
  return (
    <div class="schedules">
      <div class="intro">
        <h2>Learning-rate schedules</h2>
        <p class="quiet">
          A schedule is a function of the step. Choose one, turn its numbers, put others behind it, and see what it does to a training.
        </p>
      </div>
      <Gallery used={state.value.phases.map(({ shape }) => shape)} onChoose={choose} />
      <Problems texts={told} />
      <section class="stage" aria-label="Plots">
        <h3>Learning rate</h3>
        <LineChart label="The learning rate at each step of the course." lines={rates} />
        <h3>Loss of a small network on two half moons</h3>
        <LineChart label="The loss of the small run with this course, and at its highest rate throughout." lines={curves} />
        <ul class="key">
          {curves.value.map(({ label }, i) => (
            <li key={label} class={`key-${i}`}>
              {label}: <output>{last[i] === undefined ? '–' : numberText(last[i] ?? Number.NaN, 3)}</output>
            </li>
          ))}
        </ul>
        <p class="code">
          <code>{'schedule' in made.value ? codeOf(made.value.schedule) : '–'}</code>
        </p>
      </section>
      <section class="side" aria-label="Settings">
        <h3>Course</h3>
        <CourseSettings state={state} />
      </section>
    </div>
  );
}
