import type { Locator } from 'playwright-core';

/** The mean red, green and blue of a canvas, 0 to 255 each; NaN where nothing is painted. */
export const canvasColour = (canvas: Locator): Promise<readonly number[]> =>
  canvas.evaluate((element: HTMLCanvasElement) => {
    const { data } = element.getContext('2d')!.getImageData(0, 0, element.width, element.height);
    const sums = [0, 0, 0];
    let painted = 0;
    for (let at = 0; at < data.length; at += 4) {
      if (data[at + 3] === 0) continue;
      painted += 1;
      for (let channel = 0; channel < 3; channel += 1) sums[channel]! += data[at + channel]!;
    }
    return sums.map((sum) => sum / painted);
  });
