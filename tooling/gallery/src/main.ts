// npm run gallery
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { enableProdMode, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { projectFolder, readmeFile, sheetsFolder } from './paths.ts';
import { pictures } from './pictures.ts';
import { withGallery } from './readme.ts';
import { sheetPng } from './render/sheet-png.ts';
import { sheets } from './sheets.ts';

const MISUSE = 2;

if (process.argv.length > 2) {
  process.stderr.write(`npm run gallery: takes no arguments, got ${process.argv.slice(2).join(' ')}\n`);
  process.exitCode = MISUSE;
} else {
  enableProdMode(); // no advice to install another backend
  await setBackend('cpu');
  const shown = pictures();
  const drawn = sheets.map((sheetOf, i) => {
    process.stderr.write(`drawing sheet ${i + 1} of ${sheets.length}: ${sheetOf.name}\n`);
    const sheet = sheetOf(shown);
    return { sheet, png: sheetPng(sheet) };
  });
  rmSync(sheetsFolder, { recursive: true, force: true }); // a sheet that was renamed leaves nothing behind
  mkdirSync(sheetsFolder, { recursive: true });
  for (const { sheet, png } of drawn) write(join(sheetsFolder, `${sheet.name}.png`), png);
  write(
    readmeFile,
    withGallery(
      readFileSync(readmeFile, 'utf8'),
      drawn.map(({ sheet }) => sheet),
    ),
  );
}

function write(file: string, content: string | Uint8Array): void {
  writeFileSync(file, content);
  process.stdout.write(`${relative(projectFolder, file)}  ${Math.ceil(content.length / 1024)} KiB\n`);
}
