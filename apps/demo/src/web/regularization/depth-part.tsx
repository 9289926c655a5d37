import { numberText } from '@downhill/core/page';
import { useComputed, type ReadonlySignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { PixelCanvas } from '../charts/pixel-canvas.tsx';
import type { Pixels } from '../charts/pixels.ts';
import { Problems } from '../shell/problems.tsx';
import { SelectField } from '../shell/select-field.tsx';
import { RangeDial } from './range-dial.tsx';
import type { Result } from '../work/result.ts';
import type { Depth } from './regularization-protocol.ts';
import { CONVENTIONS, STEPS_SHOWN, type RegularizationState } from './regularization-state.ts';

export interface DepthPartProps {
  readonly state: Signal<RegularizationState>;
  readonly result: ReadonlySignal<Result<Depth> | undefined>;
}

/** Stochastic depth: the blocks of a deep residual network, lit where they are kept. */
export function DepthPart({ state, result }: DepthPartProps): JSX.Element {
  const problems = useComputed(() => (result.value !== undefined && 'problem' in result.value ? [result.value.problem] : []));
  const depth = useComputed(() => (result.value !== undefined && 'shown' in result.value ? result.value.shown : undefined));
  const steps = useComputed(() => (depth.value === undefined ? undefined : stepsPixels(depth.value.steps)));
  const { convention, step } = state.value;
  return (
    <section class="part" aria-labelledby="regularization-depth">
      <h3 id="regularization-depth">Stochastic depth</h3>
      <div class="part-settings">
        <RangeDial state={state} name="blocks" label="residual blocks" />
        <RangeDial state={state} name="survival" label="chance of the last one being kept" />
        <SelectField
          label="Whose count of the blocks"
          value={convention}
          onSelect={(name) => (state.value = { ...state.value, convention: CONVENTIONS.find((known) => known === name) ?? convention })}
        >
          {CONVENTIONS.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      </div>
      <p class="says" role="status">
        {depth.value === undefined ? '–' : wordsOf(depth.value, step)}
      </p>
      <Problems texts={problems} />
      <Blocks depth={depth.value} step={step} />
      <figure>
        <span class="steps">
          <PixelCanvas pixels={steps.value} coarse label={`Which blocks are kept at step ${step} and the ${STEPS_SHOWN - 1} after it.`} />
        </span>
        <figcaption>
          This step and the {STEPS_SHOWN - 1} after it, a row each: the first blocks, which all others build on, are seldom left out.
        </figcaption>
      </figure>
    </section>
  );
}

function wordsOf({ survival, factors, expected }: Depth, step: number): string {
  const kept = factors.filter((factor) => factor > 0).length;
  const [first = 1, last = 1] = [survival[0], survival.at(-1)];
  return `At step ${step}, ${kept} of ${factors.length} blocks are lit; the others only pass on what came in. On average ${numberText(expected, 3)} are: the chance falls from ${numberText(first, 3)} to ${numberText(last, 3)}, and what is kept is divided by it. A test uses all.`;
}

const PITCH = 10;
const BLOCK = 22;
const BARS = 40;

/** The chain of blocks, and below each the chance of its being kept. */
function Blocks({ depth, step }: { readonly depth: Depth | undefined; readonly step: number }): JSX.Element {
  const count = depth?.survival.length ?? 1;
  return (
    <svg
      class="blocks"
      viewBox={`0 0 ${count * PITCH} ${BLOCK + BARS + 8}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`The blocks at step ${step}: lit ones are kept. Below each, the chance of that.`}
    >
      <line class="shortcut" x1={0} x2={count * PITCH} y1={BLOCK / 2} y2={BLOCK / 2} />
      {depth?.survival.map((chance, i) => (
        <g key={i}>
          <rect class={(depth.factors[i] ?? 0) > 0 ? 'lit' : 'unlit'} x={i * PITCH + 2} width={PITCH - 4} y={1} height={BLOCK - 2}>
            <title>{blockTitle(i, chance, depth.factors[i] ?? 0)}</title>
          </rect>
          <rect class="chance" x={i * PITCH + 2} width={PITCH - 4} y={BLOCK + 8 + BARS * (1 - chance)} height={BARS * chance} />
        </g>
      ))}
    </svg>
  );
}

const blockTitle = (block: number, chance: number, factor: number): string =>
  `block ${block + 1}: kept with chance ${numberText(chance, 3)}, ${factor > 0 ? `now kept, times ${numberText(factor, 3)}` : 'now left out'}`;

const LIT = [59, 130, 214, 255];
const UNLIT = [128, 128, 128, 60];

function stepsPixels(steps: Depth['steps']): Pixels {
  const [height, width] = [steps.length, steps[0]?.length ?? 0];
  const data = new Uint8ClampedArray(4 * height * width);
  for (const [row, blocks] of steps.entries())
    for (const [block, isKept] of blocks.entries()) data.set(isKept ? LIT : UNLIT, 4 * (row * width + block));
  return { width, height, data };
}
