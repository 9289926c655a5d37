import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import { useWorker } from '../work/use-worker.ts';
import { readAugmentation, writeAugmentation } from './augmentation-address.ts';
import type { AugmentationRequest, Cell } from './augmentation-protocol.ts';
import { Gallery } from './gallery.tsx';
import { Mixing } from './mixing.tsx';
import { PictureField } from './picture/picture-field.tsx';
import { usePictures } from './picture/use-pictures.ts';
import { PipelineEditor } from './pipeline-editor.tsx';
import { ResultPicture } from './result-picture.tsx';
import { Samples } from './samples.tsx';
import { CROP, VIEW_TITLES } from './test-views.ts';
import { useCells } from './use-cells.ts';

/** Augmentation on a picture of the visitor's: pipelines with their compiled plan, every operation, mixing, views for tests. */
export function AugmentationView(): JSX.Element {
  const { state, problems } = useAddressState('augmentation', { read: readAugmentation, write: writeAugmentation });
  const pictures = usePictures(state);
  const { cells, take } = useCells();
  const ask = useWorker<AugmentationRequest, Cell>(
    () => new Worker(new URL('./augmentation-worker.ts', import.meta.url), { type: 'module', name: 'augmentation' }),
    {
      answer: take,
      failed(message) {
        problems.value = [`The pictures could not be worked out: ${message}. Load the page again.`];
      },
    },
  );
  const dragged = useSignal(false);
  const refused = useComputed(() => {
    const result = cells.sample[state.value.sample]?.value;
    return result !== undefined && 'problem' in result ? [`The pipeline cannot be applied: ${result.problem}`] : [];
  });

  const asked = useComputed(() => {
    const { steps, seed, epoch, strength, alpha } = state.value;
    return JSON.stringify({ steps, seed, epoch, strength, alpha }); // another sample to look at is nothing new to work out
  });
  useSignalEffect(() => {
    const [picture, partner] = [pictures.picture.value, pictures.partner.value];
    if (picture === undefined || partner === undefined) return;
    const settings = JSON.parse(asked.value) as Omit<AugmentationRequest, 'picture' | 'partner'>;
    ask({ ...settings, picture, partner });
  });

  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    dragged.value = false;
    const file = event.dataTransfer?.files[0];
    if (file === undefined) pictures.problem.value = 'What was dropped is no file: drop a picture from one of your folders.';
    else pictures.open(file);
  };
  return (
    <div
      class={dragged.value ? 'augmentation dragged' : 'augmentation'}
      onDragOver={(event) => {
        event.preventDefault(); // else the browser opens the file in place of the page
        dragged.value = true;
      }}
      onDragLeave={({ relatedTarget, currentTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) dragged.value = false;
      }}
      onDrop={onDrop}
    >
      <div class="intro">
        <h2>Augmentation</h2>
        <p class="quiet">
          A network that sees each picture a little different at every epoch learns what does not change. Compose operations, and see what a
          training would.
        </p>
      </div>
      <Problems texts={problems} />
      <section class="source" aria-label="The picture">
        <PictureField state={state} pictures={pictures} />
      </section>
      <section class="stage" aria-label="The pipeline’s pictures">
        <h3>The same picture as eight samples</h3>
        <Problems texts={refused} />
        <Samples state={state} samples={cells.sample} />
      </section>
      <section class="side" aria-label="Settings">
        <PipelineEditor state={state} />
      </section>
      <section class="whole" aria-labelledby="augmentation-gallery">
        <h3 id="augmentation-gallery">Every operation</h3>
        <p class="quiet">As far as its number lets it go. A click puts it at the end of the pipeline.</p>
        <Gallery state={state} pictures={cells.gallery} />
      </section>
      <section class="whole" aria-labelledby="augmentation-mixing">
        <h3 id="augmentation-mixing">Two pictures and their labels mixed</h3>
        <Mixing state={state} pictures={pictures} cells={cells} />
      </section>
      <section class="whole" aria-labelledby="augmentation-views">
        <h3 id="augmentation-views">When a network is tested: ten crops, five sizes</h3>
        <p class="quiet">
          A prediction is the mean of what the network says of each of these. The crops have {CROP} pixels; nothing is left to chance.
        </p>
        <ul class="views">
          {cells.view.map((result, i) => (
            <li key={i}>
              <ResultPicture result={result} pixelsOf={(pixels) => pixels} />
              <small class="quiet">{VIEW_TITLES[i]}</small>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
