import type { StudyView } from '@downhill/core';
import { escaped } from '@downhill/core/page';
import { svgText } from '../generated/charts.ts';
import { pictureData } from './picture-data.ts';
import type { Draw } from './picture.ts';
import { DARK, LIGHT } from './theme.ts';

const WIDTH = 860;

/** A picture as text that is read by itself: it says what it shows, follows the reader's theme, and is the same for the same study. */
export function pictureSvg(draw: Draw, study: StudyView): string {
  const { option, label, ...size } = draw(pictureData(study), LIGHT, WIDTH);
  const drawn = svgText(option, size);
  return stripped(drawn)
    .replace(/^<svg /, `<svg role="img" aria-label="${escaped(label)}" `)
    .replace('>\n', `>\n${STYLE}\n`);
}

/** Colours are attributes; a style goes before them. */
const STYLE = `<style>@media(prefers-color-scheme:dark){${Object.entries(LIGHT)
  .flatMap(([name, light]) => ['fill', 'stroke'].map((of) => `[${of}="${light}"]{${of}:${DARK[name as keyof typeof DARK]}}`))
  .join('')}}</style>`;

/** Without what is for a pointer and what counts the pictures of this process. In text, quotes are escaped: only attributes are met. */
const stripped = (svg: string): string =>
  svg
    .replace(/<style >[^]*?<\/style>\n?/g, '')
    .replaceAll(/ (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="visible")/g, '')
    .replaceAll(/(id="|url\(#|href="#)zr\d+-/g, '$1');
