import type { JSX } from 'preact';
import { DigitPicture } from './digit-picture.tsx';
import { DIGITS, type Judged, type JudgedCandidate } from './judged.ts';

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;

/** What stands where nothing is judged yet, so that nothing moves when it is. */
const EMPTY: Judged = {
  hash: '–',
  examples: 0,
  chosen: '',
  candidates: [],
  confusion: DIGITS.map(() => DIGITS.map(() => 0)),
  mistakes: [],
};

/** What a finished run came to on the test images: its candidates, confusion matrix and worst mistakes. */
export function JudgedTables({ judged }: { readonly judged: Judged | undefined }): JSX.Element {
  const { candidates, chosen, confusion, mistakes, examples, hash } = judged ?? EMPTY;
  return (
    <section aria-label="Result" class={judged === undefined ? '' : 'judged'}>
      <h3>{judged === undefined ? 'On the test images' : `On ${examples} test images`}</h3>
      <Candidates candidates={candidates} chosen={chosen} />
      <p class="quiet sum">
        SHA-256 of the weights: <code class="hash">{hash}</code>
      </p>
      <h3>Confusion matrix: digits, and what they are taken for</h3>
      <Confusion confusion={confusion} />
      <h3>Worst mistakes</h3>
      {judged !== undefined && mistakes.length === 0 && <p class="quiet">There are none.</p>}
      <ul class="mistakes">
        {mistakes.map(({ digit, answer, confidence, pixels }, i) => (
          <li key={i}>
            <DigitPicture pixels={pixels} />
            {digit} taken for {answer}
            <span class="quiet"> ({Math.round(100 * confidence)} %)</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Candidates({ candidates, chosen }: Pick<Judged, 'candidates' | 'chosen'>): JSX.Element {
  return (
    <div class="scroll candidates" tabIndex={0} role="group" aria-label="Candidates">
      <table>
        <thead>
          <tr>
            <th scope="col">model</th>
            <th scope="col">accuracy</th>
            <th scope="col">log loss</th>
            <th scope="col">calibration error</th>
          </tr>
        </thead>
        <tbody>
          {candidates.map(({ name, accuracy, negativeLogLikelihood, calibrationError }: JudgedCandidate) => (
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
  );
}

function Confusion({ confusion }: Pick<Judged, 'confusion'>): JSX.Element {
  return (
    <div class="scroll confusion" tabIndex={0} role="group" aria-label="Confusion matrix">
      <table>
        <thead>
          <tr>
            <th scope="col">digit</th>
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
                <td key={DIGITS[answer]} class={digit === answer ? 'right' : count > 0 ? 'wrong' : ''}>
                  {count === 0 ? '·' : count}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
