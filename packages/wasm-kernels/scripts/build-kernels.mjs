/**
 * Compiles `assembly/` to one WebAssembly module and writes it, as base64, to `src/generated/kernels.ts`.
 *
 * The module works in the memory of tfjs's own module. So it must have no data section (it would overwrite that memory), no
 * start function and no import but the memory: each is checked here. Built for shared memory it differs in the limits of that
 * import alone, so both modules are shipped as their common start and end and two short middles.
 * Nothing is done when the sources have not changed.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = `${root}src/generated/kernels.ts`;
const flags = ['-O3', '--runtime', 'stub', '--importMemory', '--use', 'abort='];
const forUnshared = ['--enable', 'simd'];
const forShared = ['--enable', 'simd,threads', '--sharedMemory', '--maximumMemory', '65536'];

const sources = [
  fileURLToPath(import.meta.url),
  ...readdirSync(`${root}assembly`, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .toSorted()
    .map((file) => `${root}assembly/${file}`),
];
const stamp = createHash('sha256')
  .update(sources.map((file) => readFileSync(file)).join('\0'))
  .digest('hex');

if (!isCurrent()) {
  const kernels = await compile(forUnshared);
  check(kernels);
  const parts = split(kernels, await compile(forShared));
  mkdirSync(`${root}src/generated`, { recursive: true });
  writeFileSync(`${target}.${process.pid}`, moduleText(parts));
  renameSync(`${target}.${process.pid}`, target); // whole or not at all: tests may read it meanwhile
  console.log(`build-kernels: ${kernels.length} bytes of WebAssembly`);
}

function isCurrent() {
  try {
    return readFileSync(target, 'utf8').includes(stamp);
  } catch {
    return false;
  }
}

async function compile(kind) {
  const { default: asc } = await import('assemblyscript/asc');
  let bytes;
  const { error } = await asc.main(['assembly/index.ts', '--baseDir', root, ...flags, ...kind, '--outFile', 'out.wasm'], {
    writeFile: (_name, contents) => (bytes = contents),
  });
  if (error) throw new Error(`build-kernels: ${error.message}`);
  return bytes;
}

function check(kernels) {
  const sections = sectionIds(kernels);
  if (sections.has(11))
    throw new Error('build-kernels: a kernel has static data (a table, a string, an assert); it would overwrite memory of tfjs');
  if (sections.has(8)) throw new Error('build-kernels: a kernel has a start function');
  const imports = WebAssembly.Module.imports(new WebAssembly.Module(kernels)).map(({ module, name }) => `${module}.${name}`);
  if (imports.join() !== 'env.memory')
    throw new Error(`build-kernels: kernels may import the memory alone, but import ${imports.join(', ')}`);
}

/** The ids of a module's sections: 8 is the start function, 11 static data. */
function sectionIds(bytes) {
  const ids = new Set();
  for (let at = 8; at < bytes.length;) {
    ids.add(bytes[at++]);
    let size = 0;
    for (let shift = 0; ; shift += 7) {
      size |= (bytes[at] & 127) << shift;
      if (bytes[at++] < 128) break;
    }
    at += size;
  }
  return ids;
}

/** The common start and end of two modules, and what each has between them. */
function split(one, other) {
  const least = Math.min(one.length, other.length);
  let start = 0;
  while (start < least && one[start] === other[start]) start++;
  let end = 0;
  while (end < least - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  const middle = (bytes) => [...bytes.subarray(start, bytes.length - end)];
  if (middle(one).length > 32 || middle(other).length > 32)
    throw new Error('build-kernels: the module for shared memory differs in more than the limits of its memory');
  return { start: one.subarray(0, start), unshared: middle(one), shared: middle(other), end: one.subarray(one.length - end) };
}

function moduleText({ start, unshared, shared, end }) {
  return `// Made by scripts/build-kernels.mjs from assembly/ (sources ${stamp}).

/** The bytes of the kernels' module, in base64, up to the limits of the memory that it imports. */
export const START: string =
  '${Buffer.from(start).toString('base64')}';

/** The limits, for memory that is not shared and for memory that is. */
export const LIMITS: { readonly unshared: readonly number[]; readonly shared: readonly number[] } = {
  unshared: [${unshared.join(', ')}],
  shared: [${shared.join(', ')}],
};

/** The bytes after the limits, in base64. */
export const END: string =
  '${Buffer.from(end).toString('base64')}';
`;
}
