import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Choice } from '../shell/choice.tsx';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import type { Result } from '../work/result.ts';
import { useWorker } from '../work/use-worker.ts';
import { DepthPart } from './depth-part.tsx';
import { DropoutPart } from './dropout-part.tsx';
import { PoolingPart } from './pooling-part.tsx';
import { RangeDial } from './range-dial.tsx';
import { readRegularization, writeRegularization } from './regularization-address.ts';
import type { Part, RegularizationAnswer, ShownIn } from './regularization-protocol.ts';
import type { RegularizationState } from './regularization-state.ts';

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

type Parts = { readonly [P in Part]: Signal<Result<ShownIn[P]> | undefined> };

/** Regularization inside the network: what is dropped, which layers are left out, which regions are pooled, step by step. */
export function RegularizationView(): JSX.Element {
  const { state, problems } = useAddressState('regularization', { read: readRegularization, write: writeRegularization });
  const parts: Parts = { maps: useSignal(undefined), depth: useSignal(undefined), pooled: useSignal(undefined) };
  const ask = useWorker<RegularizationState, RegularizationAnswer>(
    () => new Worker(new URL('./regularization-worker.ts', import.meta.url), { type: 'module', name: 'regularization' }),
    {
      answer({ part, result }) {
        (parts[part] as Signal<unknown>).value = result;
      },
      failed(message) {
        problems.value = [`The pictures could not be worked out: ${message}. Load the page again.`];
      },
    },
  );

  useSignalEffect(() => ask(state.value));

  return (
    <div class="regularization">
      <div class="intro">
        <h2>Regularization</h2>
        <p class="quiet">
          What makes a network rely on no single unit, layer or pixel: another draw at every training step, and none when it is tested. Move
          the step and watch.
        </p>
      </div>
      <Problems texts={problems} />
      <section class="common" aria-label="Settings of all">
        <Choice
          legend="Digit"
          names={DIGITS}
          chosen={DIGITS[state.value.digit] ?? '0'}
          onChoose={(name) => (state.value = { ...state.value, digit: Number(name) })}
        />
        <RangeDial state={state} name="step" label="training step" />
        <RangeDial state={state} name="seed" label="seed" />
      </section>
      <DropoutPart state={state} result={parts.maps} />
      <DepthPart state={state} result={parts.depth} />
      <PoolingPart state={state} result={parts.pooled} />
    </div>
  );
}
