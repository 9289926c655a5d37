import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FRAME } from '@downhill/core/page';
import { defineConfig, type Plugin } from 'vite';
import { readMnist } from './src/node/read-mnist.ts';
import { splitIdx } from './src/recipe/idx-parts.ts';
import { POLICY } from './src/serve/policy.ts';
import { PART } from './src/web/digits/fetch-digits.ts';

/** The palette and header that reports have too. */
const frame = (): Plugin => ({
  name: 'frame',
  resolveId: (id) => (id === 'virtual:frame.css' ? '\0virtual:frame.css' : undefined),
  load: (id) => (id === '\0virtual:frame.css' ? FRAME : undefined),
});

const policy = (): Plugin => ({
  name: 'policy',
  apply: 'build',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { 'http-equiv': 'Content-Security-Policy', content: POLICY }, injectTo: 'head-prepend' },
  ],
});

/** MNIST beside the page, in parts, so that a subset of it is a few of them: `digits/train-images-0.idx`. */
const digits = (): Plugin => ({
  name: 'digits',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const { trainImages, trainLabels, testImages, testLabels } = await readMnist();
    const files = { 'train-images': trainImages, 'train-labels': trainLabels, 'test-images': testImages, 'test-labels': testLabels };
    const folder = join(dir, 'digits');
    mkdirSync(folder, { recursive: true });
    for (const [name, file] of Object.entries(files))
      for (const [part, bytes] of splitIdx(name, file, PART).entries()) writeFileSync(join(folder, `${name}-${part}.idx`), bytes);
  },
});

export default defineConfig({
  root: 'src/web',
  base: './', // works from any folder of a server
  plugins: [frame(), digits(), policy()],
  build: {
    outDir: '../../dist-web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the policy takes no data: scripts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000, // size-limit measures what counts
  },
  worker: { format: 'es' },
});
