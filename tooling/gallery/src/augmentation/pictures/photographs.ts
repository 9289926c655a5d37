import { pow } from '@downhill/core/math';
import park from '@pmndrs/assets/hdri/park.exr.js';
import sunset from '@pmndrs/assets/hdri/sunset.exr.js';
import parseExr from 'parse-exr';
import type { Picture } from '../picture.ts';

const SIDE = 96;
const SHRINK = 2;
const FLOAT = 1015;

/** Venice, from a panorama of Poly Haven (polyhaven.com, CC0 1.0), brought to npm by `@pmndrs/assets` under the same licence. */
export const piazzetta = (): Picture => part(sunset, 30, 0);

/** A meadow, from the same collection. */
export const meadow = (): Picture => part(park, 40, 90);

/** A square of a panorama, at half its size. */
function part(dataUrl: string, top: number, left: number): Picture {
  const bytes = Uint8Array.from(Buffer.from(dataUrl.slice(dataUrl.indexOf(',') + 1), 'base64'));
  const { width, height, data } = parseExr(bytes.buffer, FLOAT);
  const light = (row: number, column: number, channel: number): number => data[((height - 1 - row) * width + column) * 4 + channel] ?? 0; // bottom up
  const shown = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => {
    const [row, column, channel] = [Math.floor(i / 3 / SIDE), Math.floor(i / 3) % SIDE, i % 3];
    let sum = 0;
    for (let down = 0; down < SHRINK; down++)
      for (let right = 0; right < SHRINK; right++) sum += light(top + SHRINK * row + down, left + SHRINK * column + right, channel);
    return shownOf(Math.max(0, sum / (SHRINK * SHRINK))); // its compression may leave a little less than none
  });
  return { height: SIDE, width: SIDE, data: shown, zoom: 1 };
}

const [BRIGHTER, GAMMA] = [1.4, 2.2];

/** What a screen shows of an amount of light: highlights pressed together (Reinhard et al. 2002, equation 3), as a whole level. */
const shownOf = (light: number): number => Math.round(255 * pow(Math.min(1, (BRIGHTER * light) / (1 + light)), 1 / GAMMA)) / 255;
