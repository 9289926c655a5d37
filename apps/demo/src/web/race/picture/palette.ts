/** Colours of the pictures on canvases: those of the page's palette, and ramps from valley to peak. */
export interface Palette {
  readonly ink: string;
  readonly quiet: string;
  readonly paper: string;
  readonly rule: string;
  /** For the contour picture: muted, so that ways stand out. */
  readonly contour: Ramp;
  /** For the relief, whose light makes it paler and darker. */
  readonly relief: Ramp;
}

/** Red, green and blue from the valley's floor to the highest point. */
export type Ramp = readonly (readonly [red: number, green: number, blue: number])[];

const RAMPS: Readonly<Record<'light' | 'dark', Pick<Palette, 'contour' | 'relief'>>> = {
  light: {
    contour: [
      [168, 200, 235],
      [201, 221, 242],
      [228, 237, 247],
      [246, 248, 250],
    ],
    relief: [
      [110, 163, 220],
      [165, 198, 232],
      [202, 216, 232],
      [222, 228, 235],
    ],
  },
  dark: {
    contour: [
      [33, 74, 117],
      [28, 54, 83],
      [23, 36, 53],
      [17, 22, 29],
    ],
    relief: [
      [38, 98, 160],
      [46, 80, 118],
      [56, 73, 95],
      [68, 77, 90],
    ],
  },
};

/** Reads the palette that the page has at the moment. */
export function paletteNow(dark: boolean): Palette {
  const probe = document.createElement('span');
  document.body.append(probe);
  const colour = (name: string): string => {
    probe.className = `probe-${name}`; // light-dark() is resolved on an element's colour alone
    return getComputedStyle(probe).color;
  };
  const colours = { ink: colour('ink'), quiet: colour('quiet'), paper: colour('card'), rule: colour('rule') };
  probe.remove();
  return { ...colours, ...RAMPS[dark ? 'dark' : 'light'] };
}

/** A ramp's colour at a height from 0 to 1, made lighter or darker by a factor. */
export function colourAt(ramp: Ramp, height: number, light = 1): string {
  const place = Math.min(1, Math.max(0, height)) * (ramp.length - 1);
  const index = Math.min(ramp.length - 2, Math.floor(place));
  const [from, to] = [ramp[index], ramp[index + 1]];
  const mixed = [0, 1, 2].map((i) => {
    const [a, b] = [from?.[i] ?? 0, to?.[i] ?? 0];
    return Math.round(Math.min(255, (a + (b - a) * (place - index)) * light));
  });
  return `rgb(${mixed.join(' ')})`;
}
