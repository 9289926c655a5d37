import { checkNumber, checkOneOf, DownhillError } from '@downhill/core';
import type { ReportImage } from './report-run.ts';

const HEADER_BYTES = 54;
const INFO_BYTES = 40;
const BITS = 24;

/**
 * Pixels as a `data:image/bmp` address: an uncompressed picture of 24 bits a pixel, its rows from the bottom up and each filled to a multiple
 * of four bytes (Windows bitmap, `BITMAPFILEHEADER` and `BITMAPINFOHEADER`). Every browser shows it, and it needs no compressor.
 */
export function bitmap({ width, height, channels, pixels }: ReportImage): string {
  checkNumber('htmlReport', { width, height }, { min: 1, max: 4096, integer: true });
  checkOneOf('htmlReport', 'channels', String(channels), ['1', '3']);
  if (pixels.length !== width * height * channels)
    throw new DownhillError({
      code: 'shape-mismatch',
      source: 'htmlReport',
      problem: `\`pixels\` must have ${height} x ${width} x ${channels} numbers, got ${pixels.length}`,
    });
  const scale = pixels instanceof Uint8Array || pixels instanceof Uint8ClampedArray ? 1 : 255;
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = new Uint8Array(HEADER_BYTES + rowBytes * height);
  const view = new DataView(file.buffer);
  file.set([0x42, 0x4d]); // "BM"
  view.setUint32(2, file.length, true);
  view.setUint32(10, HEADER_BYTES, true);
  view.setUint32(14, INFO_BYTES, true);
  view.setInt32(18, width, true);
  view.setInt32(22, height, true);
  view.setUint16(26, 1, true); // planes
  view.setUint16(28, BITS, true);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * channels;
      const to = HEADER_BYTES + (height - 1 - y) * rowBytes + x * 3;
      for (let channel = 0; channel < 3; channel++) {
        const value = pixels[from + Math.min(channel, channels - 1)] ?? 0;
        file[to + 2 - channel] = Math.min(255, Math.max(0, Math.round(value * scale))); // blue comes first
      }
    }
  }
  return `data:image/bmp;base64,${base64(file)}`;
}

const base64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
