/**
 * Bundles Apache ECharts, as little of it as the pictures need, into two modules of `src/generated`: `charts.ts`, which writes pictures as
 * text, and `report-page.ts`, the script and the style of a report's page as strings. So nothing of ECharts is installed with the package, and
 * nothing is loaded by a page. Nothing is done when the sources have not changed.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const report = `${root}src/report/`;
const generated = `${root}src/generated/`;
const echarts = `${realpathSync(`${root}node_modules/echarts`)}/`;

const sources = [
  fileURLToPath(import.meta.url),
  `${echarts}package.json`,
  `${root}../core/src/page/number-text.ts`,
  `${root}../core/src/page/theme-switch.ts`,
  `${root}src/view/trials.ts`,
  ...filesOf(report, /(?<!\.test)\.(?:ts|css)$/),
];
const stamp = createHash('sha256')
  .update(sources.map((file) => readFileSync(file)).join('\0'))
  .digest('hex');

if (!isCurrent()) {
  const licence = `/*!\n${licences()}\n*/`;
  const charts = await bundle('svg-text.ts');
  const script = `${licence}\n${(await bundle('main.ts')).replaceAll('</', String.raw`<\/`)}`; // it is there in strings only
  const style = readFileSync(`${report}client/style.css`, 'utf8');
  if (/<\/|<!--/.test(script + style)) throw new Error('build-report-page: script or style would end their element in the page');
  mkdirSync(generated, { recursive: true });
  write('charts.ts', chartsText(licence, charts));
  write('report-page.ts', pageText(script, style)); // last: it has the stamp
  console.log(`build-report-page: ${charts.length} bytes for pictures, ${script.length + style.length} for a page`);
}

/** What must go wherever ECharts goes, with what it holds of others. */
function licences() {
  return [
    'Has parts of Apache ECharts (https://echarts.apache.org) in it, under the Apache License 2.0 (https://www.apache.org/licenses/LICENSE-2.0):',
    read('NOTICE'),
    'Has zrender (https://github.com/ecomfe/zrender) in it:',
    read('../zrender/LICENSE'),
    'Has code of d3 (https://d3js.org) in it:',
    read('licenses/LICENSE-d3'),
  ].join('\n\n');
}

function read(file) {
  return readFileSync(echarts + file, 'utf8').trim();
}

function filesOf(folder, pattern) {
  return readdirSync(folder, { recursive: true })
    .filter((file) => pattern.test(file))
    .map((file) => folder + file)
    .toSorted((a, b) => (a < b ? -1 : 1));
}

function isCurrent() {
  try {
    return readFileSync(`${generated}report-page.ts`, 'utf8').includes(stamp);
  } catch {
    return false;
  }
}

async function bundle(entry) {
  const { build } = await import('vite');
  const [{ output }] = await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: { conditions: ['@downhill/source'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, target: 'es2022', minify: true, lib: { entry: `${report}client/${entry}`, formats: ['iife'], name: 'charts' } },
  });
  return output[0].code.trim();
}

/** Whole or not at all: tests may read it meanwhile. */
function write(file, text) {
  writeFileSync(`${generated}${file}.${process.pid}`, text);
  renameSync(`${generated}${file}.${process.pid}`, generated + file);
}

function chartsText(licence, code) {
  return `// @ts-nocheck
// Made by scripts/build-report-page.mjs from src/report/client/svg-text.ts and Apache ECharts.
${licence}

/** A picture as the text of an SVG file. */
export function svgText(option: Readonly<Record<string, unknown>>, size: { readonly width: number; readonly height: number }): string {
  made ??= make();
  return made.svgText(option, size);
}

let made: any;

function make(): any {
${code}
return charts;
}
`;
}

function pageText(script, style) {
  const hash = createHash('sha256').update(script).digest('base64');
  return `// Made by scripts/build-report-page.mjs from src/report/client and Apache ECharts (sources ${stamp}).

/** The script of a report's page. */
export const SCRIPT: string = ${JSON.stringify(script)};

/** Its hash, as a content-security policy names it. */
export const SCRIPT_HASH = 'sha256-${hash}';

/** The style of the page. */
export const STYLE: string = ${JSON.stringify(style)};
`;
}
