// npm run gallery [-- NAME...]: draws the galleries of that name, or all.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { enableProdMode } from '@tensorflow/tfjs-core';
import { galleries } from './galleries.ts';
import type { Gallery } from './gallery.ts';
import { galleryFolder, projectFolder, readmeFile } from './paths.ts';

const MISUSE = 2;

const names = process.argv.slice(2);
const unknown = names.filter((name) => !Object.hasOwn(galleries, name));
if (unknown.length > 0) {
  process.stderr.write(`npm run gallery: takes ${Object.keys(galleries).join(' or ')}, got ${unknown.join(' ')}\n`);
  process.exitCode = MISUSE;
} else {
  enableProdMode(); // no advice to install another backend
  for (const [name, load] of Object.entries(galleries)) if (names.length === 0 || names.includes(name)) await write(await load());
}

async function write({ of, draw }: Gallery): Promise<void> {
  const { files, inReadme } = await draw((what) => process.stderr.write(`drawing ${what}\n`));
  const folder = galleryFolder(of);
  rmSync(folder, { recursive: true, force: true }); // a picture that was renamed leaves nothing behind
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of files) save(join(folder, name), content);
  save(readmeFile(of), inReadme(readFileSync(readmeFile(of), 'utf8')));
}

function save(file: string, content: string | Uint8Array): void {
  writeFileSync(file, content);
  process.stdout.write(`${relative(projectFolder, file)}  ${Math.ceil(content.length / 1024)} KiB\n`);
}
