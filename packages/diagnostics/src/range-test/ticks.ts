import { log, pow } from '@downhill/core/math';

export type Scale = 'linear' | 'logarithmic';

/** Round numbers between two: powers of ten on a logarithmic axis, else about five steps of 1, 2 or 5 times one. */
export function ticks(from: number, to: number, scale: Scale): readonly { readonly at: number; readonly text: string }[] {
  const places = scale === 'logarithmic' ? decades(from, to) : steps(from, to);
  return places.map((at) => ({ at, text: scale === 'logarithmic' ? at.toExponential(0).replace('e+', 'e') : String(at) }));
}

function decades(from: number, to: number): readonly number[] {
  const first = Math.ceil(log(from) / log(10) - 1e-9);
  const last = Math.floor(log(to) / log(10) + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(pow(10, first + i).toPrecision(1)));
}

function steps(from: number, to: number): readonly number[] {
  const rough = (to - from) / 5;
  const power = pow(10, Math.floor(log(rough) / log(10)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough) ?? rough;
  const first = Math.ceil(from / step - 1e-9);
  const count = Math.floor(to / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

/** Text as it may stand in SVG. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
