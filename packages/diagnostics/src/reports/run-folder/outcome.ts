import { DownhillError } from '@downhill/core';
import { bitmap } from '../html/bitmap.ts';
import { isPictureAddress } from '../html/is-picture-address.ts';
import type { ReportFinding, ReportMistake, RunOutcome } from '../html/report-run.ts';

/** An outcome as a file holds it: pictures as addresses with the picture in them. */
export const outcomeText = ({ mistakes = [], ...outcome }: RunOutcome): string =>
  `${JSON.stringify({ ...outcome, mistakes: mistakes.map((one) => ({ ...one, image: typeof one.image === 'string' ? one.image : bitmap(one.image) })) })}\n`;

/** @throws DownhillError `data-invalid` */
export function outcomeFrom(text: string, source: string): RunOutcome {
  const outcome = parsed(text);
  if (isOutcome(outcome)) return outcome;
  throw new DownhillError({
    code: 'data-invalid',
    source,
    problem: 'the file is no outcome of a run',
    advice: 'Delete it: the readings of the run are shown without it.',
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Loose<T> = { readonly [Name in keyof T]?: unknown };

function isOutcome(value: unknown): value is RunOutcome {
  if (!isRecord(value)) return false;
  const { findings = [], mistakes = [], ends = {} } = value as Loose<RunOutcome>;
  return isRecord(ends) && Array.isArray(findings) && findings.every(isFinding) && Array.isArray(mistakes) && mistakes.every(isMistake);
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function isFinding(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { summary, evidence = '', advice = '' } = value as Loose<ReportFinding>;
  return [summary, evidence, advice].every((text) => typeof text === 'string');
}

function isMistake(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { image, label, prediction, confidence } = value as Loose<ReportMistake>;
  return isPictureAddress(image) && typeof label === 'string' && typeof prediction === 'string' && typeof confidence === 'number';
}
