import type { JSX } from 'preact';
import type { DroppedMaps } from './regularization-protocol.ts';
import { MANY } from './regularization-state.ts';

export interface ChancesProps {
  readonly digit: number;
  readonly step: number;
  readonly chances: DroppedMaps['chances'] | undefined;
}

const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

/** The chance of each digit: the whole network's, one draw's, and the mean of many draws. */
export function Chances({ digit, step, chances }: ChancesProps): JSX.Element {
  const columns = [
    { title: 'the whole network', values: chances?.before },
    { title: `the one of step ${step}`, values: chances?.after },
    { title: `the mean of ${MANY}`, values: chances?.mean },
  ];
  return (
    <div class="chances">
      {columns.map(({ title, values }) => (
        <div key={title} role="group" aria-label={title}>
          <h5>{title}</h5>
          <ol>
            {DIGITS.map((other) => (
              <li key={other} class={other === digit ? 'right' : ''}>
                <span>{other}</span>
                <meter min={0} max={1} value={values?.[other] ?? 0} aria-label={`chance of ${other}`} />
                <span>{values === undefined ? '–' : `${(100 * (values[other] ?? 0)).toFixed(0)} %`}</span>
              </li>
            ))}
          </ol>
        </div>
      ))}
    </div>
  );
}
