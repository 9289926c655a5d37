import type { StudyView } from '@downhill/core';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { historySvg, intermediateValuesSvg, parallelCoordinatesSvg, sliceSvg, studyReport } from '../report.ts';

const PICTURES = {
  'history.svg': historySvg,
  'intermediate-values.svg': intermediateValuesSvg,
  'parallel-coordinates.svg': parallelCoordinatesSvg,
  'slice.svg': sliceSvg,
};

interface Wanted {
  readonly report?: string;
  readonly svg?: string;
  /** The number of the trial that won, where leaders were measured again. */
  readonly best?: number;
}

/** Writes the page and the pictures that were asked for, into folders that are made where they are not there. */
export function writePictures(view: StudyView, { report, svg, best }: Wanted): void {
  if (report !== undefined) {
    mkdirSync(dirname(report), { recursive: true });
    writeFileSync(report, studyReport(view, best === undefined ? {} : { best }));
  }
  if (svg === undefined) return;
  mkdirSync(svg, { recursive: true });
  for (const [file, draw] of Object.entries(PICTURES)) writeFileSync(join(svg, file), draw(view));
}
