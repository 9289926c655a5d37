import { needChromium } from '@downhill/run/chromium';
import { chromium, type Browser } from 'playwright-core';

/** WebGL and WebGPU come from SwiftShader, a graphics card in software. */
const SOFTWARE_GRAPHICS = [
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
];

/** Starts a Chromium without a window. @throws Error where this machine has none */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: needChromium(), args: SOFTWARE_GRAPHICS });
}
