import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

/** Pixels as they are drawn: [height, width, red green blue alpha] of bytes, colours times alpha. */
export interface Drawing {
  readonly height: number;
  readonly width: number;
  readonly pixels: Uint8Array;
}

const require = createRequire(import.meta.url);
const regular = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf');
const bold = require.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed-Bold.ttf');
const fonts = [regular, bold].map((file) => readFileSync(file));
await initWasm(readFileSync(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));

/** Draws an SVG in WebAssembly and with a font that comes along: the same bytes on every machine, whatever is installed there. */
export function drawSvg(svg: string): Drawing {
  const document = new Resvg(svg, { font: { fontBuffers: fonts, defaultFontFamily: 'DejaVu Sans Condensed' } });
  const image = document.render();
  const drawing = { height: image.height, width: image.width, pixels: image.pixels };
  image.free();
  document.free();
  return drawing;
}
