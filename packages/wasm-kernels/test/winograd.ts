/** The matrices of Winograd's transforms, written out, and what rounding errors they may come to. */
import type { TileSize } from '../src/algorithm.ts';

interface Matrices {
  /** Outputs from products: A, a row a point. */
  readonly a: readonly number[][];
  /** Bᵀ, a row a point. */
  readonly b: readonly number[][];
  /** G, a row a point. */
  readonly g: readonly number[][];
}

const MATRICES: Readonly<Record<TileSize, Matrices>> = { 4: matrices([0, 0.75, -0.75, 1.5, -1.5]), 2: matrices([0, 1, -1]) };

/** The matrices for finite points and infinity, from the definition: polynomials that vanish at the other points. */
function matrices(points: readonly number[]): Matrices {
  const outputs = points.length - 1;
  const powers = (x: number, count: number): number[] => Array.from({ length: count }, (_, i) => x ** i);
  const product = (roots: readonly number[]): number[] =>
    roots.reduce<number[]>((p, root) => [...p, 0].map((_, i) => (p[i - 1] ?? 0) - root * (p[i] ?? 0)), [1]);
  const others = (x: number): number[] => points.filter((point) => point !== x);
  const last = (count: number): number[] => powers(0, count).reverse();
  return {
    a: [...points.map((x) => powers(x, outputs)), last(outputs)],
    b: [...points.map((x) => [...product(others(x)), 0]), product(points)],
    g: [...points.map((x) => powers(x, 3).map((power) => power / others(x).reduce((n, other) => n * (x - other), 1))), last(3)],
  };
}

const row = (values: readonly number[]): number => values.reduce((sum, value) => sum + Math.abs(value), 0);

/** The largest sum, over a row of a result, of the absolute values that go into it by way of the points, for operands of at most 1. */
function amplification(size: TileSize, pass: 'forward' | 'filter'): number {
  const { a, b, g } = MATRICES[size];
  const [into, other] = pass === 'forward' ? [a, g] : [g, a];
  const results = into[0]!.map((_, i) => into.reduce((sum, point, p) => sum + Math.abs(point[i]!) * row(other[p]!) * row(b[p]!), 0));
  return Math.max(...results);
}

/**
 * What the result of `terms` products of tiles may be off by, for operands of at most 1: it is a sum of that many terms, each at most
 * the square of the amplification (both directions), and goes through `terms` additions and at most 40 roundings in its transforms.
 */
export const roundingBound = (size: TileSize, pass: 'forward' | 'filter', terms: number): number =>
  terms * amplification(size, pass) ** 2 * (terms + 40) * 2 ** -24;
