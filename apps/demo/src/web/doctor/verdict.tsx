import type { Diagnosis } from '@downhill/diagnostics';
import type { JSX } from 'preact';
import type { Look } from './provoked-run.ts';
import { symptomOf } from './symptoms.ts';

const percent = (share: number): string => `${Math.round(100 * share)} %`;
const SHOWN = 4;

export interface VerdictProps {
  readonly look: Look | undefined;
  readonly running: boolean;
}

/** What the doctor says of the curve as far as it has come. */
export function Verdict({ look, running }: VerdictProps): JSX.Element {
  if (look === undefined) return <p class="quiet">{running ? 'The first epoch runs …' : 'No run.'}</p>;
  const { diagnosis, told, curves } = look;
  const epochs = curves.trainLoss.length;
  const state = running ? (told ? 'sure enough to speak up' : 'still watching') : 'the run is over';
  return (
    <>
      <p class="finding">
        <strong>{titleOf(diagnosis)}</strong> <code>{diagnosis.finding}</code>
      </p>
      <p class="quiet">
        After {epochs} {epochs === 1 ? 'epoch' : 'epochs'}, {state}.
      </p>
      <ul class="guesses" aria-label="How sure the doctor is">
        {[diagnosis, ...diagnosis.others].slice(0, SHOWN).map(({ finding, confidence }) => (
          <li key={finding}>
            <span>{titleOf({ finding })}</span>
            <meter min={0} max={1} value={confidence} aria-label={titleOf({ finding })} />
            <span>{percent(confidence)}</span>
          </li>
        ))}
      </ul>
      <p>{diagnosis.explanation}</p>
      <p class="advice">{diagnosis.advice}</p>
    </>
  );
}

const titleOf = ({ finding }: Pick<Diagnosis, 'finding'>): string => symptomOf(finding).title;
