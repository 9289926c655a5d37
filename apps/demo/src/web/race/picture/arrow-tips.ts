import type { Arrow } from '../race-state.ts';
import type { Point } from '../surfaces.ts';
import { pairAt, stepsOf, type Trace } from '../trace.ts';

export interface ArrowTip {
  readonly kind: Arrow;
  /** Where on the plane the arrow ends; it starts at the point of the step. */
  readonly point: Point;
}

/**
 * The arrows of what a racer does at a step: downhill along the gradient, −η gₜ; along the velocity that it has come with,
 * −η vₜ₋₁; and the step that it takes, wₜ − wₜ₋₁. With momentum the last is the first and ρ times the second together.
 */
export function arrowTips(trace: Trace, step: number, arrows: readonly Arrow[]): readonly ArrowTip[] {
  if (step >= stepsOf(trace)) return [];
  const rate = trace.rates[step] ?? Number.NaN;
  const scale = Number.isFinite(rate) ? rate : 1;
  const [x, y] = pairAt(trace.points, step);
  const [nextX, nextY] = pairAt(trace.points, step + 1);
  const along = (kind: Arrow, [dx, dy]: readonly [number, number]): ArrowTip => ({ kind, point: [x - scale * dx, y - scale * dy] });
  const tips: Record<Arrow, ArrowTip> = {
    gradient: along('gradient', pairAt(trace.gradients, step)),
    velocity: along('velocity', step === 0 ? [0, 0] : pairAt(trace.velocities, step - 1)),
    step: { kind: 'step', point: [nextX, nextY] },
  };
  return arrows.map((arrow) => tips[arrow]).filter(({ point: [tipX, tipY] }) => Number.isFinite(tipX + tipY) && (tipX !== x || tipY !== y));
}
