import type { Effect, GeometryEffect, ImageSize, Interpolation } from '@downhill/core';
import { isAxisAligned, mapPoint, multiply } from '../geometry/matrix.ts';
import { joinColours } from './join-colours.ts';
import type { Pass, PixelPass, ResamplePass, Window } from './pass.ts';

/** How effects become passes. */
export interface PlanOptions {
  /** Every effect is a pass of its own, with the roundings of the original implementation. */
  readonly faithful: boolean;
}

/**
 * The passes that an image's effects take: neighbouring geometry is one resampling, neighbouring colours are one matrix, and what is done
 * pixel by pixel is one pass. What looks at many pixels stands between.
 */
export function plan(effects: readonly Effect[], image: ImageSize, { faithful }: PlanOptions): readonly Pass[] {
  const passes: Pass[] = [];
  let size = { height: image.height, width: image.width };
  for (const effect of effects) {
    const pass = passOf(effect, { ...image, ...size }, faithful);
    const last = passes.at(-1);
    const joined = faithful || last === undefined ? undefined : join(last, pass);
    if (joined === undefined) passes.push(pass);
    else passes[passes.length - 1] = joined;
    if ('height' in effect && effect.kind !== 'erase') size = { height: effect.height, width: effect.width };
  }
  return passes;
}

const whole = ({ height, width }: { readonly height: number; readonly width: number }): Window => ({
  left: 0,
  top: 0,
  right: width,
  bottom: height,
});

function passOf(effect: Effect, size: ImageSize, faithful: boolean): Pass {
  switch (effect.kind) {
    case 'geometry':
      return { ...effect, window: whole(size), coveredTwice: faithful && effect.border === 'constant' && effect.fill !== undefined };
    case 'neighbourhood':
      return effect;
    case 'mixture':
      return {
        ...effect,
        chains: effect.chains.map(({ share, effects }) => ({ share, passes: plan(effects, size, { faithful }) })),
      };
    default:
      return { kind: 'pixels', steps: [effect] };
  }
}

function join(first: Pass, second: Pass): Pass | undefined {
  if (first.kind === 'geometry' && second.kind === 'geometry') return joinResampling(first, second);
  if (first.kind === 'pixels' && second.kind === 'pixels') return joinPixels(first, second);
  return undefined;
}

function joinPixels(first: PixelPass, second: PixelPass): PixelPass {
  const steps = [...first.steps];
  for (const step of second.steps) {
    const last = steps.at(-1);
    const joined = last?.kind === 'colour' && step.kind === 'colour' ? joinColours(last, step) : undefined;
    if (joined === undefined) steps.push(step);
    else steps[steps.length - 1] = joined;
  }
  return { kind: 'pixels', steps };
}

/**
 * Two resamplings as one: the second looks at points of the first one's result, which are points of the image. A displacement is known for
 * the pixels of its own result alone, so nothing comes after it.
 */
function joinResampling(first: ResamplePass, second: ResamplePass): ResamplePass | undefined {
  const interpolation = commonInterpolation(first, second);
  const outside = commonOutside(first, second);
  if (first.displacement !== undefined || interpolation === undefined || outside === undefined) return undefined;
  return { ...second, ...outside, interpolation, matrix: multiply(first.matrix, second.matrix) };
}

/** Turning over and shifting by whole pixels needs no interpolation, so that the other's will do. */
function commonInterpolation(first: ResamplePass, second: ResamplePass): Interpolation | undefined {
  if (first.interpolation === second.interpolation || isExact(first)) return second.interpolation;
  return isExact(second) ? first.interpolation : undefined;
}

/**
 * What lies outside for both: the first one's border where the second does not look outside its result, the second one's where the first
 * shows nothing but a window of the image, and where both fill with the same, that.
 */
function commonOutside(first: ResamplePass, second: ResamplePass): Pick<ResamplePass, 'border' | 'fill' | 'window'> | undefined {
  if (staysInside(second)) return { border: first.border, fill: first.fill, window: first.window };
  const { border, fill } = second;
  const window = windowOf(first);
  if (window !== undefined && staysInside(first)) return { border, fill, window };
  if (!hasSameFill(first, second)) return undefined;
  return { border, fill, window: window === undefined ? first.window : common(first.window, window) };
}

const isExact = ({ matrix }: GeometryEffect): boolean => {
  const [a, b, c, d, e, f] = matrix;
  return (
    isAxisAligned(matrix) &&
    [a, b, d, e].every((factor) => Math.abs(factor) <= 1 && Number.isInteger(factor)) &&
    [c, f].every(Number.isInteger)
  );
};

/** Whether all that the result shows, with the neighbours that interpolation looks at, lies in the window. */
function staysInside({ matrix, height, width, window, displacement, interpolation }: ResamplePass): boolean {
  if (displacement !== undefined || !isAxisAligned(matrix)) return false;
  const reach = interpolation === 'bicubic' ? 1 : 0;
  const [x0, y0] = mapPoint(matrix, 0.5, 0.5);
  const [x1, y1] = mapPoint(matrix, width - 0.5, height - 0.5);
  const inside = (value: number, low: number, high: number): boolean => value >= low + 0.5 + reach && value <= high - 0.5 - reach;
  return [x0, x1].every((x) => inside(x, window.left, window.right)) && [y0, y1].every((y) => inside(y, window.top, window.bottom));
}

/** What a result that shows whole pixels shows of the image. */
function windowOf({ matrix, height, width }: ResamplePass): Window | undefined {
  if (!isAxisAligned(matrix)) return undefined;
  const [x0, y0] = mapPoint(matrix, 0, 0);
  const [x1, y1] = mapPoint(matrix, width, height);
  const window = { left: Math.min(x0, x1), top: Math.min(y0, y1), right: Math.max(x0, x1), bottom: Math.max(y0, y1) };
  return Object.values(window).every(Number.isInteger) ? window : undefined;
}

const common = (a: Window, b: Window): Window => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});

function hasSameFill(a: GeometryEffect, b: GeometryEffect): boolean {
  const fill = ({ fill: own = [0] }: GeometryEffect): string => (own.every((value) => value === own[0]) ? String(own[0]) : own.join());
  return a.border === 'constant' && b.border === 'constant' && fill(a) === fill(b);
}
