/**
 * Compiles `assembly/` to one WebAssembly module and writes it, as base64, to `src/generated/kernels.ts`. Nothing is done when the sources
 * have not changed.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}src/generated/kernels.ts`;
const files = [
  fileURLToPath(import.meta.url),
  ...readdirSync(`${root}assembly`, 'utf8')
    .filter((file) => file.endsWith('.ts'))
    .toSorted()
    .map((file) => `${root}assembly/${file}`),
];
const stamp = createHash('sha256')
  .update(files.map((file) => readFileSync(file)).join('\0'))
  .digest('hex');

if (!isCurrent()) {
  const { default: asc } = await import('assemblyscript/asc');
  let bytes;
  const flags = ['-O3', '--runtime', 'stub', '--enable', 'simd', '--use', 'abort='];
  const { error } = await asc.main(['assembly/index.ts', '--baseDir', root, ...flags, '--outFile', 'out.wasm'], {
    writeFile: (_name, contents) => (bytes = contents),
  });
  if (error) throw new Error(`build-kernels: ${error.message}`);
  mkdirSync(`${root}src/generated`, { recursive: true });
  writeFileSync(
    `${target}.${process.pid}`,
    `// Made by scripts/build-kernels.mjs from assembly/ (sources ${stamp}).

/** The kernels' module, in base64. */
export const MODULE: string =
  '${Buffer.from(bytes).toString('base64')}';
`,
  );
  renameSync(`${target}.${process.pid}`, target); // whole or not at all: tests may read it meanwhile
  console.log(`build-kernels: ${bytes.length} bytes of WebAssembly`);
}

function isCurrent() {
  try {
    return readFileSync(target, 'utf8').includes(stamp);
  } catch {
    return false;
  }
}
