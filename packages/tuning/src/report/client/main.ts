// The script of a study's report: draws the pictures from the data in the page and listens to its reader.
import type { PictureData } from '../picture-data.ts';
import type { Draw } from '../picture.ts';
import { history } from '../pictures/history.ts';
import { intermediateValues } from '../pictures/intermediate-values.ts';
import { parallelCoordinates } from '../pictures/parallel-coordinates.ts';
import { slice } from '../pictures/slice.ts';
import { DARK, LIGHT } from '../theme.ts';
import { showTrials, sortable } from './trials-table.ts';
import { isDark, themeSwitch } from '@downhill/core/page';
import { pictureOn } from './picture-on.ts';

const DRAWS: Readonly<Record<string, Draw>> = {
  history,
  'intermediate-values': intermediateValues,
  'parallel-coordinates': parallelCoordinates,
  slice,
};

const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as PictureData;
const pictures = [...document.querySelectorAll<HTMLElement>('.picture')].flatMap((place) => {
  const draw = DRAWS[place.dataset['picture'] ?? ''];
  return draw === undefined ? [] : [pictureOn(place, (width) => draw(data, isDark() ? DARK : LIGHT, width), showTrials)];
});
const drawAll = (): void => pictures.forEach((picture) => picture.draw());

drawAll();
themeSwitch(drawAll);
let next = 0;
addEventListener('resize', () => {
  cancelAnimationFrame(next);
  next = requestAnimationFrame(drawAll);
});
sortable();
