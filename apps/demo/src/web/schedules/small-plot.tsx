import type { JSX } from 'preact';

const WIDTH = 96;
const HEIGHT = 40;
const EDGE = 3;

/** A curve as an ornament: its shape alone. */
export function SmallPlot({ values }: { readonly values: readonly number[] }): JSX.Element {
  const top = Math.max(...values);
  const low = Math.min(0, ...values);
  const x = (i: number): number => EDGE + ((WIDTH - 2 * EDGE) * i) / (values.length - 1);
  const y = (value: number): number => HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * (value - low)) / (top - low || 1);
  const path = values.map((value, i) => `${i === 0 ? 'M' : 'L'}${x(i).toFixed(1)} ${y(value).toFixed(1)}`).join('');
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <path d={path} />
    </svg>
  );
}
