import { FRAME } from '@downhill/core/page';
import { defineConfig, type Plugin } from 'vite';
import { POLICY } from './src/serve/policy.ts';

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

export default defineConfig({
  root: 'src/web',
  base: './', // works from any folder of a server
  plugins: [frame(), policy()],
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
