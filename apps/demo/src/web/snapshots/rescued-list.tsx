import type { JSX } from 'preact';
import { DigitImage } from './digit-image.tsx';
import type { SnapshotModel } from './snapshot-model.ts';

/** Digits that the last model alone gets wrong and the ensemble right, with what each snapshot says. */
export function RescuedList({ model }: { readonly model: SnapshotModel }): JSX.Element {
  const { runs, running, rescued } = model;
  const known = !running.value || runs.value.single.losses.length > 0;
  return (
    <>
      <h3>Wrong alone, right together</h3>
      <p class="quiet">
        The first digits that the last model takes for another one and the ensemble does not, and what each snapshot says in turn.
      </p>
      <ul class="rescued">
        {rescued.value.map(({ pixels, label, answers }, i) => (
          <li key={i}>
            <DigitImage pixels={pixels} />
            <span>
              <strong>{label}</strong>
              <span class="hidden">, the snapshots say </span>
              <span class="rescued-answers">
                {answers.map((answer, snapshot) => (
                  <span key={snapshot} class={answer === label ? '' : 'rescued-wrong'}>
                    {answer}
                  </span>
                ))}
              </span>
            </span>
          </li>
        ))}
        {rescued.value.length === 0 && <li class="quiet rescued-none">{known ? 'There are none.' : 'Not known yet.'}</li>}
      </ul>
    </>
  );
}
