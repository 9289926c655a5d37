import type { ReadonlySignal } from '@preact/signals';
import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { NumberField } from '../shell/number-field.tsx';
import { DigitPicture } from './digit-picture.tsx';
import { DrawingPad } from './drawing-pad.tsx';
import { DIGITS } from './judged.ts';
import type { DigitAnswer } from './train-protocol.ts';

export interface DigitPadProps {
  /** Whether there is a finished run that can be asked. */
  readonly ready: boolean;
  readonly picture: ReadonlySignal<Uint8Array | undefined>;
  /** What the picture shows, where that is known. */
  readonly digit: number | undefined;
  readonly answers: readonly DigitAnswer[];
  onDigit(picture: Uint8Array): void;
  onTestDigit(index: number): void;
}

/** A digit, drawn or of the test images, and what each of the run's models takes it for. */
export function DigitPad({ ready, picture, digit, answers, onDigit, onTestDigit }: DigitPadProps): JSX.Element {
  const index = useSignal(0);
  return (
    <section aria-label="Your own digit">
      <h3>Your own digit</h3>
      <div class="own">
        <DrawingPad disabled={!ready} onDigit={onDigit} />
        <div class="asked">
          <p class="quiet">
            {ready ? 'As the network sees it:' : 'When a run is finished, its models say here what they take a digit for.'}
          </p>
          <DigitPicture pixels={picture.value} />
          <div class="tools">
            <NumberField label="Test image" value={index.value} step={1} min={0} onNumber={(value) => (index.value = Math.round(value))} />
            <button type="button" disabled={!ready} onClick={() => onTestDigit(index.value)}>
              Show it
            </button>
            <button type="button" disabled={!ready} onClick={() => onTestDigit((index.value += 1))}>
              Next
            </button>
          </div>
          <p class="quiet meant">{digit === undefined ? '' : `A test image; it is meant as ${digit}.`}</p>
        </div>
      </div>
      <p role="status" class="hidden">
        {answers.map(({ name, probabilities }) => `${name}: ${likeliest(probabilities)}`).join(', ')}
      </p>
      <div class="scroll answers" tabIndex={0} role="group" aria-label="What the models say, in percent">
        <table>
          <thead>
            <tr>
              <th scope="col">percent for each digit</th>
              <th scope="col">answer</th>
              {DIGITS.map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answers.map(({ name, probabilities }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td class="right">{likeliest(probabilities)}</td>
                {probabilities.map((probability, i) => (
                  <td key={DIGITS[i]} class={i === likeliest(probabilities) ? 'likeliest' : ''}>
                    {Math.round(100 * probability)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const likeliest = (probabilities: readonly number[]): number => probabilities.indexOf(Math.max(...probabilities));
