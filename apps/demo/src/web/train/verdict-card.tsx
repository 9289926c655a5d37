import type { JSX } from 'preact';
import type { Verdict } from './run-record.ts';

/** What the doctor makes of the curves so far. */
export function VerdictCard({ verdict }: { readonly verdict: Verdict | undefined }): JSX.Element {
  return (
    <section aria-label="Doctor">
      <h3>The doctor’s verdict</h3>
      <div class="card verdict" aria-live="polite">
        {verdict === undefined ? (
          <p class="quiet">The curve doctor reads the curves after each epoch.</p>
        ) : (
          <>
            <p>
              After epoch {verdict.epochs}: <strong>{verdict.finding.replaceAll('_', ' ')}</strong>{' '}
              <span class="quiet">(sure to {Math.round(100 * verdict.confidence)} %)</span>
            </p>
            <p>The run {verdict.symptom}.</p>
            <p>{verdict.advice}</p>
          </>
        )}
      </div>
    </section>
  );
}
