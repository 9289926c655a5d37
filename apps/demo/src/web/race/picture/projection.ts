import type { Range } from '../surfaces.ts';

/** A place on the canvas, in CSS pixels. */
export type Place = readonly [left: number, top: number];

/** Puts a point of the surface on the canvas. */
export interface Projection {
  place(x: number, y: number, height: number): Place;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The plane seen from above. */
export function fromAbove({ left, right, bottom, top }: Range, { width, height }: Size): Projection {
  return { place: (x, y) => [((x - left) / (right - left)) * width, ((top - y) / (top - bottom)) * height] };
}

/** The point of the plane at a place of the canvas, seen from above. */
export function pointAt({ left, right, bottom, top }: Range, { width, height }: Size, [across, down]: Place): readonly [number, number] {
  return [left + (across / width) * (right - left), top - (down / height) * (top - bottom)];
}

/** Where one looks from: around the vertical axis and above the plane, in radians. */
export interface Eye {
  readonly around: number;
  readonly above: number;
}

export const USUAL_EYE: Eye = { around: -0.5, above: 0.95 };

const TALL = 0.7; // of the plane's half width
const MIDDLE = 0.45; // the height that is at the middle of the canvas

/** The surface as relief: a box of width 2 turned and seen from far away, with parallel lines staying parallel. */
export function asRelief({ left, right, bottom, top }: Range, { width, height }: Size, { around, above }: Eye): Projection {
  const deep = Math.min(1, (top - bottom) / (right - left));
  const scale = Math.min(width / 2.75, height / 2.25);
  const [c, s, up, flat] = [Math.cos(around), Math.sin(around), Math.cos(above), Math.sin(above)];
  return {
    place(x, y, z) {
      const u = (2 * (x - left)) / (right - left) - 1;
      const v = ((2 * (y - bottom)) / (top - bottom) - 1) * deep;
      const across = u * c - v * s;
      const away = u * s + v * c;
      return [width / 2 + scale * across, height / 2 - scale * (away * flat + (z - MIDDLE) * TALL * up)];
    },
  };
}

/** How far from the eye a point of the plane is: what is far is drawn first. */
export function awayOf({ around }: Eye, u: number, v: number): number {
  return u * Math.sin(around) + v * Math.cos(around);
}
