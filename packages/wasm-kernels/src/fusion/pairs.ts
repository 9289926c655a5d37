import type { Operation } from './expression.ts';
import { PAIRS, type Pair, type Place, type Step } from './step.ts';

const isPair = (name: string): name is Pair => name in PAIRS;

const isSame = (a: Place | undefined, b: Place | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  ('block' in a && 'block' in b ? a.block === b.block : 'tensor' in a && 'tensor' in b && a.tensor === b.tensor);

const COMMUTES: ReadonlySet<Operation | Pair> = new Set(['add', 'multiply']);

/** Joins each step with the one that makes one of its operands, where no other step needs that. */
export function joinPairs(steps: readonly Step[]): Step[] {
  const reads = new Map<number, number>();
  const makers = new Map<number, Step>();
  for (const step of steps) {
    for (const place of step.places) if ('block' in place) reads.set(place.block, (reads.get(place.block) ?? 0) + 1);
    if ('block' in step.to) makers.set(step.to.block, step);
  }
  const joined = new Map<Step, Step | undefined>(); // undefined: has become a part of another
  const makerOf = (place: Place | undefined): Step | undefined => {
    if (place === undefined || !('block' in place) || reads.get(place.block) !== 1) return undefined;
    const maker = makers.get(place.block);
    return maker === undefined || joined.has(maker) ? undefined : maker;
  };
  for (const step of steps) {
    const [first, second] = step.places;
    const candidates = [[first, second] as const, ...(COMMUTES.has(step.operation) ? [[second, first] as const] : [])];
    for (const [made, other] of candidates) {
      const maker = makerOf(made);
      const pair = `${maker?.operation} ${step.operation}`;
      if (maker === undefined || maker === step || !isPair(pair)) continue;
      if (pair === 'whereBetween wherePositive' && !isSame(maker.places[1], other)) continue;
      joined.set(maker, undefined);
      joined.set(step, {
        ...step,
        operation: pair,
        bounds: maker.operation === 'whereBetween' ? maker.bounds : step.bounds,
        places: [...maker.places, ...(other === undefined ? [] : [other])],
      });
      break;
    }
  }
  return steps.flatMap((step) => (joined.has(step) ? (joined.get(step) ?? []) : step));
}
