import { useComputed, useSignalEffect, type ReadonlySignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { freshContext } from '../charts/canvas-context.ts';
import { PixelCanvas } from '../charts/pixel-canvas.tsx';
import { useSize } from '../charts/use-size.ts';
import { Problems } from '../shell/problems.tsx';
import { SelectField } from '../shell/select-field.tsx';
import { drawRegions } from './draw-regions.ts';
import { RangeDial } from './range-dial.tsx';
import type { Result } from '../work/result.ts';
import type { Pooled } from './regularization-protocol.ts';
import { REGIONS, type Regions, type RegularizationState } from './regularization-state.ts';

const SAYS: Readonly<Record<Regions, string>> = {
  pseudorandom: 'One number an axis decides all regions: short and long steps come in an even rhythm.',
  random: 'Short and long steps in random order: the picture is stretched here and there.',
  sampled: 'PyTorch’s: all regions are two pixels long, their starts decided by one number an axis.',
};

export interface PoolingPartProps {
  readonly state: Signal<RegularizationState>;
  readonly result: ReadonlySignal<Result<Pooled> | undefined>;
}

/** Fractional max pooling: its regions over the picture, and what is left of it. */
export function PoolingPart({ state, result }: PoolingPartProps): JSX.Element {
  const problems = useComputed(() => (result.value !== undefined && 'problem' in result.value ? [result.value.problem] : []));
  const pooled = useComputed(() => (result.value !== undefined && 'shown' in result.value ? result.value.shown : undefined));
  const { regions, overlapping, digit, ratio } = state.value;
  return (
    <section class="part" aria-labelledby="regularization-pooling">
      <h3 id="regularization-pooling">Fractional max pooling</h3>
      <div class="part-settings">
        <RangeDial state={state} name="ratio" label="ratio, input by output" />
        <SelectField
          label="Regions"
          value={regions}
          onSelect={(name) => (state.value = { ...state.value, regions: REGIONS.find((known) => known === name) ?? regions })}
        >
          {REGIONS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <label class="switch">
          <input
            type="checkbox"
            disabled={regions === 'sampled'}
            checked={overlapping}
            onChange={({ currentTarget }) => (state.value = { ...state.value, overlapping: currentTarget.checked })}
          />
          <span>neighbours share a row or column</span>
        </label>
      </div>
      <p class="says">
        {SAYS[regions]} White lines are where regions begin, orange is what neighbours share; a dot is the largest value of a region, all
        that is kept of it.
      </p>
      <Problems texts={problems} />
      <div class="pooling">
        <figure>
          <RegionsPicture pooled={pooled} label={`A ${digit} with the ${regions} regions of ratio ${ratio} over it.`} />
          <figcaption>28 × 28 pixels and their regions</figcaption>
        </figure>
        <figure>
          <span class="pooled">
            <PixelCanvas pixels={pooled.value?.result} coarse label={`The ${digit} after pooling.`} />
          </span>
          <figcaption>
            {pooled.value === undefined ? '–' : `${pooled.value.result.height} × ${pooled.value.result.width}`} pixels after pooling
          </figcaption>
        </figure>
      </div>
    </section>
  );
}

function RegionsPicture({ pooled, label }: { readonly pooled: ReadonlySignal<Pooled | undefined>; readonly label: string }): JSX.Element {
  const box = useRef<HTMLSpanElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  useSignalEffect(() => {
    const { width, height } = size.value;
    const context = freshContext(canvas.current, width, height);
    if (context !== undefined && pooled.value !== undefined) drawRegions(context, pooled.value, width);
  });
  return (
    <span class="pooled" ref={box}>
      <PixelCanvas pixels={pooled.value?.image} coarse label={label} />
      <canvas ref={canvas} class="over" aria-hidden />
    </span>
  );
}
