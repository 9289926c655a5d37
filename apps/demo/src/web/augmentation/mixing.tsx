import { numberText } from '@downhill/core/page';
import type { ReadonlySignal, Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { DialField } from '../schedules/dial-field.tsx';
import { SelectField } from '../shell/select-field.tsx';
import type { Result } from '../work/result.ts';
import type { Mixed } from './augmentation-protocol.ts';
import { ALPHA, type AugmentationState } from './augmentation-state.ts';
import { PICTURE_NAMES } from './picture/built-in.ts';
import type { Pictures } from './picture/use-pictures.ts';
import { ResultPicture } from './result-picture.tsx';
import type { Cells } from './use-cells.ts';

export interface MixingProps {
  readonly state: Signal<AugmentationState>;
  readonly pictures: Pictures;
  readonly cells: Cells;
}

/** Mixup and cutmix: what some steps of a training draw, each with its label. */
export function Mixing({ state, pictures, cells }: MixingProps): JSX.Element {
  const { alpha, partner } = state.value;
  const names: Names = [pictures.picture.value?.name ?? 'the picture', partner];
  return (
    <>
      <div class="mixing-settings">
        <SelectField
          label="Mixed with"
          value={partner}
          onSelect={(name) => (state.value = { ...state.value, partner: PICTURE_NAMES.find((known) => known === name) ?? partner })}
        >
          {PICTURE_NAMES.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        <DialField
          label="alpha: below 1 mostly one of both, above 1 mostly half and half"
          dial={{ ...ALPHA, kind: 'rate' }}
          value={alpha}
          onNumber={(value) => (state.value = { ...state.value, alpha: Math.min(ALPHA.max, Math.max(ALPHA.min, value)) })}
        />
      </div>
      {KINDS.map(({ kind, says }) => (
        <div key={kind}>
          <h4>{kind}</h4>
          <p class="quiet">{says}</p>
          <div class="mixed">
            {cells[kind].map((result, step) => (
              <MixedFigure key={step} kind={kind} step={step} result={result} names={names} />
            ))}
          </div>
        </div>
      ))}
    </>
  );
}

type Names = readonly [own: string, partner: string];

const KINDS = [
  { kind: 'mixup', says: 'Both pictures at once: λ of the one, the rest of the other, in the picture and in the label. One λ a step.' },
  {
    kind: 'cutmix',
    says: 'A box of the other: the label says the areas. Where the box reaches over the edge its area is less than 1 − λ.',
  },
] as const;

interface MixedFigureProps {
  readonly kind: string;
  readonly step: number;
  readonly result: ReadonlySignal<Result<Mixed> | undefined>;
  readonly names: Names;
}

function MixedFigure({ kind, step, result, names: [own, partner] }: MixedFigureProps): JSX.Element {
  const { value } = result;
  const mixed = value !== undefined && 'shown' in value ? value.shown : undefined;
  const [ownShare, partnerShare] = mixed?.shares ?? [0.5, 0.5];
  return (
    <figure>
      <ResultPicture result={result} pixelsOf={({ pixels }) => pixels} label={`${kind} of ${own} and ${partner}, step ${step}`} />
      <div class="label-bar" aria-hidden="true">
        <span class="own" style={{ flexGrow: ownShare }} />
        <span class="partner" style={{ flexGrow: partnerShare }} />
      </div>
      <figcaption>
        <span class="label-text">
          <span class="own" title={own}>
            {mixed === undefined ? '–' : numberText(ownShare, 2)} {own}
          </span>
          <span class="partner">
            {mixed === undefined ? '–' : numberText(partnerShare, 2)} {partner}
          </span>
        </span>
        <small class="quiet">
          step {step}: λ = {mixed === undefined ? '–' : numberText(mixed.lambda, 2)}
        </small>
      </figcaption>
    </figure>
  );
}
