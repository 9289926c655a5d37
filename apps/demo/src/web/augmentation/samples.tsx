import { useComputed, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { AugmentationState } from './augmentation-state.ts';
import { ResultPicture } from './result-picture.tsx';
import type { Cells } from './use-cells.ts';

export interface SamplesProps {
  readonly state: Signal<AugmentationState>;
  readonly samples: Cells['sample'];
}

/** What the pipeline makes of the picture as eight samples of the data, and of the chosen one what was drawn and how it is done. */
export function Samples({ state, samples }: SamplesProps): JSX.Element {
  const chosen = useComputed(() => {
    const result = samples[state.value.sample]?.value;
    return result !== undefined && 'shown' in result ? result.shown : undefined;
  });
  return (
    <>
      <ul class="samples" aria-label="Samples">
        {samples.map((result, i) => (
          <li key={i}>
            <button
              type="button"
              aria-label={`Sample ${i + 1}`}
              aria-pressed={i === state.value.sample}
              onClick={() => (state.value = { ...state.value, sample: i })}
            >
              <ResultPicture result={result} pixelsOf={({ pixels }) => pixels} />
            </button>
          </li>
        ))}
      </ul>
      <h3>How sample {state.value.sample + 1} is made</h3>
      <div class="plan" role="region" aria-label="The compiled plan" tabIndex={0}>
        <pre>{chosen.value?.plan ?? '–'}</pre>
      </div>
      <h3>What chance decided for it</h3>
      <div class="plan drawn" role="region" aria-label="The draws" tabIndex={0}>
        <pre>{chosen.value?.drawn.join('\n') ?? '–'}</pre>
      </div>
      <p class="code">
        <code>{chosen.value?.code ?? '–'}</code>
      </p>
    </>
  );
}
