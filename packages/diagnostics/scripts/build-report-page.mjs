/**
 * Bundles the script and the style of the report's page (`src/reports/html/client`, with uPlot) and writes them as strings to
 * `src/generated/report-page.ts`, so that a report can be made anywhere, from text alone.
 * Nothing is done when the sources have not changed.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const client = `${root}src/reports/html/client/`;
const target = `${root}src/generated/report-page.ts`;
const uPlot = `${root}node_modules/uplot/`;

const sources = [
  fileURLToPath(import.meta.url),
  `${uPlot}package.json`,
  `${root}../core/src/page/colour-of.ts`,
  `${root}../core/src/page/number-text.ts`,
  `${root}../core/src/page/theme-switch.ts`,
  ...readdirSync(client)
    .toSorted()
    .map((file) => client + file),
];
const stamp = createHash('sha256')
  .update(sources.map((file) => readFileSync(file)).join('\0'))
  .digest('hex');

if (!isCurrent()) {
  const licence = readFileSync(`${uPlot}LICENSE`, 'utf8').trim();
  const script = `/*! Has uPlot (https://github.com/leeoniya/uPlot) in it:\n${licence}\n*/\n${await bundle()}`;
  const style = `${readFileSync(`${uPlot}dist/uPlot.min.css`, 'utf8')}\n${readFileSync(`${client}style.css`, 'utf8')}`;
  if (/<\/|<!--/.test(script + style)) throw new Error('build-report-page: script or style would end their element in the page');
  mkdirSync(`${root}src/generated`, { recursive: true });
  writeFileSync(`${target}.${process.pid}`, moduleText(script, style));
  renameSync(`${target}.${process.pid}`, target); // whole or not at all: tests may read it meanwhile
  console.log(`build-report-page: ${script.length + style.length} bytes of script and style`);
}

function isCurrent() {
  try {
    return readFileSync(target, 'utf8').includes(stamp);
  } catch {
    return false;
  }
}

async function bundle() {
  const { build } = await import('vite');
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { conditions: ['@downhill/source'] },
    build: { write: false, target: 'es2022', minify: true, lib: { entry: `${client}main.ts`, formats: ['iife'], name: 'report' } },
  });
  return output[0].code.trim();
}

function moduleText(script, style) {
  const hash = createHash('sha256').update(script).digest('base64');
  return `// Made by scripts/build-report-page.mjs from src/reports/html/client and uPlot (sources ${stamp}).

/** The script of a report's page. */
export const SCRIPT: string = ${JSON.stringify(script)};

/** Its hash, as a content-security policy names it. */
export const SCRIPT_HASH = 'sha256-${hash}';

/** The style of the page. */
export const STYLE: string = ${JSON.stringify(style)};
`;
}
