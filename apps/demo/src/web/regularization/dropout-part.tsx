import { numberText } from '@downhill/core/page';
import { useComputed, type ReadonlySignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { PixelCanvas } from '../charts/pixel-canvas.tsx';
import type { Pixels } from '../charts/pixels.ts';
import { Choice } from '../shell/choice.tsx';
import { Problems } from '../shell/problems.tsx';
import { SelectField } from '../shell/select-field.tsx';
import { Chances } from './chances.tsx';
import { RangeDial } from './range-dial.tsx';
import type { Result } from '../work/result.ts';
import type { DroppedMaps } from './regularization-protocol.ts';
import { DROPS, LAYERS, MANY, type Drop, type RegularizationState } from './regularization-state.ts';

const SAYS: Readonly<Record<Drop, string>> = {
  dropout: 'Each activation by a coin of its own. What is left is divided by 1 − rate, so that testing needs no change.',
  classicDropout:
    'As it was first: nothing is scaled in training, so over many steps the mean falls, and testing has to scale by 1 − rate.',
  spatialDropout: 'Whole maps: neighbours in a map say much the same, so that single activations would hardly be missed.',
  dropBlock: 'Squares of each map: the network cannot fill the holes in from the neighbours.',
  dropConnect: 'Weights instead of activations: the draw shows the filters, and no activation needs to be zero.',
  gaussianDropout: 'Nothing is dropped: each activation is multiplied by a normal number around 1, of the same variance.',
  gaussianNoise: 'A normal number is added to each activation; the rate is its standard deviation.',
  alphaDropout: 'For SELU networks: what is dropped takes SELU’s lowest value, and all is moved so that mean and variance stay.',
};

export interface DropoutPartProps {
  readonly state: Signal<RegularizationState>;
  readonly result: ReadonlySignal<Result<DroppedMaps> | undefined>;
}

/** Dropout and its kin on the activations of a small convnet. */
export function DropoutPart({ state, result }: DropoutPartProps): JSX.Element {
  const problems = useComputed(() => (result.value !== undefined && 'problem' in result.value ? [result.value.problem] : []));
  const maps = result.value !== undefined && 'shown' in result.value ? result.value.shown : undefined;
  const { drop, layer, step, digit } = state.value;
  const figures: readonly (readonly [caption: string, pixels: Pixels | undefined])[] = [
    [`${layer === 'first' ? 'First' : 'Second'} layer of the network, nothing dropped`, maps?.before],
    [drop === 'dropConnect' ? `The draw of step ${step}, on the filters` : `The draw of step ${step}`, maps?.draw],
    [`The activations at step ${step}`, maps?.after],
    [`Their mean over ${MANY} steps`, maps?.mean],
  ];
  return (
    <section class="part" aria-labelledby="regularization-dropout">
      <h3 id="regularization-dropout">Dropout</h3>
      <div class="part-settings">
        <SelectField
          label="What is dropped"
          value={drop}
          onSelect={(name) => (state.value = { ...state.value, drop: DROPS.find((known) => known === name) ?? drop })}
        >
          {DROPS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <RangeDial state={state} name="rate" label="rate" />
        {drop === 'dropBlock' && <RangeDial state={state} name="block" label="block size" />}
        <Choice legend="Layer" names={LAYERS} chosen={layer} onChoose={(name) => (state.value = { ...state.value, layer: name })} />
      </div>
      <p class="says">{SAYS[drop]}</p>
      <Problems texts={problems} />
      <div class="maps">
        {figures.map(([caption, pixels]) => (
          <figure key={caption}>
            <span class={layer === 'first' ? 'map wide' : 'map'}>
              <PixelCanvas pixels={pixels} coarse label={caption} />
            </span>
            <figcaption>{caption}</figcaption>
          </figure>
        ))}
      </div>
      <ul class="factors" aria-label="Colours of the draw">
        <li class="gone">dropped</li>
        <li class="same">as it is</li>
        <li class="more">doubled or more</li>
      </ul>
      <div class="scroll" role="region" aria-label="Numbers of the maps" tabIndex={0}>
        <table class="numbers">
          <thead>
            <tr>
              <th scope="col">number</th>
              <th scope="col">nothing dropped</th>
              <th scope="col">step {step}</th>
              <th scope="col">mean of {MANY} steps</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">mean activation</th>
              <td>{text(maps?.means.before)}</td>
              <td>{text(maps?.means.after)}</td>
              <td>{text(maps?.means.mean)}</td>
            </tr>
            <tr>
              <th scope="row">activations that are zero</th>
              <td>{percent(maps?.zeros.before)}</td>
              <td>{percent(maps?.zeros.after)}</td>
              <td />
            </tr>
            <tr>
              <th scope="row">dropped by the draw</th>
              <td />
              <td>{percent(maps?.dropped)}</td>
              <td />
            </tr>
          </tbody>
        </table>
      </div>
      <h4>What the network says of this {digit}</h4>
      <p class="quiet" role="status">
        {maps === undefined
          ? 'A small convnet is being trained on 250 digits …'
          : 'It was trained here, on 250 others. Each draw is a smaller network that shares its weights with all of them; their mean is an ensemble.'}
      </p>
      <Chances digit={digit} step={step} chances={maps?.chances} />
    </section>
  );
}

const text = (value: number | undefined): string => (value === undefined ? '–' : numberText(value, 3));
const percent = (share: number | undefined): string => (share === undefined ? '–' : `${(100 * share).toFixed(1)} %`);
