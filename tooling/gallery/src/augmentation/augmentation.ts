import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import type { Gallery } from '../gallery.ts';
import { pictures } from './pictures.ts';
import { withSheets } from './readme.ts';
import { sheetPng } from './render/sheet-png.ts';
import { sheets } from './sheets.ts';

/** What every operation and policy of the augmentations does to pictures. */
export const augmentation: Gallery = {
  of: 'augmentation',
  async draw(tell) {
    await setBackend('cpu');
    const shown = pictures();
    const drawn = sheets.map((sheetOf) => {
      tell(`sheet ${sheetOf.name}`);
      const sheet = sheetOf(shown);
      return { sheet, png: sheetPng(sheet) };
    });
    return {
      files: new Map(drawn.map(({ sheet, png }) => [`${sheet.name}.png`, png])),
      inReadme: (readme) =>
        withSheets(
          readme,
          drawn.map(({ sheet }) => sheet),
        ),
    };
  },
};
