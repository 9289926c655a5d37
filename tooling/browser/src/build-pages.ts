import { readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, defaultClientConditions } from 'vite';

const pages = fileURLToPath(new URL('../src/pages', import.meta.url));

/** Our packages are read from `src`. */
const conditions = ['@downhill/source', ...defaultClientConditions];

/** Bundles every program of `pages/` into a folder, each with a page of its name that loads it. */
export async function buildPages(folder: string): Promise<void> {
  const names = readdirSync(pages)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => basename(file, '.ts'));
  await build({
    configFile: false,
    root: pages,
    base: './',
    logLevel: 'warn',
    resolve: { conditions },
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      minify: false, // a stack trace is to be read
      target: 'es2022',
      assetsInlineLimit: 0, // the policy lets nothing be fetched from a data: address
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: Infinity,
      rolldownOptions: {
        checks: { ineffectiveDynamicImport: false, pluginTimings: false }, // a program may load at once what others load on demand
        input: Object.fromEntries(names.map((name) => [name, join(pages, `${name}.ts`)])),
        output: { entryFileNames: '[name].js' },
      },
    },
  });
  for (const name of names) writeFileSync(join(folder, `${name}.html`), pageOf(name));
}

const pageOf = (name: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>${name}</title>
    <link rel="icon" href="data:," />
    <script type="module" src="./${name}.js"></script>
  </head>
</html>
`;
