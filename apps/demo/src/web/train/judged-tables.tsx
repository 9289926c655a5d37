import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { SIDE } from '../../recipe/mnist.ts';
import { DIGITS, type Judged, type JudgedMistake } from './judged.ts';

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** What a finished run came to on the test images: its candidates, confusion matrix and worst mistakes. */
export function JudgedTables({ judged }: { readonly judged: Judged }): JSX.Element {
  const { candidates, chosen, confusion, mistakes, examples, hash } = judged;
  return (
    <>
      <h3>On {examples} test images</h3>
      <div class="scroll" tabIndex={0} role="group" aria-label="Candidates">
        <table class="candidates">
          <thead>
            <tr>
              <th scope="col">model</th>
              <th scope="col">accuracy</th>
              <th scope="col">log loss</th>
              <th scope="col">calibration error</th>
            </tr>
          </thead>
          <tbody>
            {candidates.map(({ name, accuracy, negativeLogLikelihood, calibrationError }) => (
              <tr key={name}>
                <th scope="row">{name === chosen ? `${name} (chosen)` : name}</th>
                <td>{percent(accuracy)}</td>
                <td>{negativeLogLikelihood.toFixed(4)}</td>
                <td>{percent(calibrationError)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="quiet">
        SHA-256 of the weights: <code class="hash">{hash}</code>
      </p>
      <h3>Confusion matrix</h3>
      <div class="scroll" tabIndex={0} role="group" aria-label="Confusion matrix">
        <table>
          <thead>
            <tr>
              <th scope="col">digit \ answer</th>
              {DIGITS.map((digit) => (
                <th key={digit} scope="col">
                  {digit}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {confusion.map((row, digit) => (
              <tr key={DIGITS[digit]}>
                <th scope="row">{digit}</th>
                {row.map((count, answer) => (
                  <td key={DIGITS[answer]} class={digit === answer ? 'right' : ''}>
                    {count === 0 ? '·' : count}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <h3>Worst mistakes</h3>
      {mistakes.length === 0 && <p class="quiet">There are none.</p>}
      <ul class="mistakes">
        {mistakes.map((mistake, i) => (
          <li key={i}>
            <Picture {...mistake} />
            {mistake.digit} taken for {mistake.answer} ({Math.round(100 * mistake.confidence)} %)
          </li>
        ))}
      </ul>
    </>
  );
}

function Picture({ pixels }: JudgedMistake): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    const image = context?.createImageData(SIDE, SIDE);
    if (context === undefined || context === null || image === undefined) return;
    pixels.forEach((value, i) => image.data.set([value, value, value, 255], 4 * i));
    context.putImageData(image, 0, 0);
  }, [pixels]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} aria-hidden="true" />;
}
