import { nearest } from '@downhill/core';
import type { Finding } from '@downhill/diagnostics';
import type { Read } from '../shell/use-address-state.ts';
import { SYMPTOMS } from './symptoms.ts';

/** Which symptom is provoked, with which random numbers. */
export interface DoctorState {
  readonly finding: Finding;
  readonly seed: number;
}

export const USUAL: DoctorState = { finding: 'bad_initialization', seed: 1 };

export const writeDoctor = ({ finding, seed }: DoctorState): URLSearchParams =>
  new URLSearchParams({ symptom: finding, ...(seed === USUAL.seed ? {} : { seed: String(seed) }) });

/** Reads what {@link writeDoctor} wrote, or what somebody typed: what makes no sense is named and left at its usual value. */
export function readDoctor(query: URLSearchParams): Read<DoctorState> {
  const problems: string[] = [];
  const name = query.get('symptom') ?? USUAL.finding;
  const found = SYMPTOMS.find(({ finding }) => finding === name);
  if (found === undefined) {
    const near = nearest(
      name,
      SYMPTOMS.map(({ finding }) => finding),
    );
    problems.push(`There is no symptom '${name}'${near === undefined ? '' : `: did you mean '${near}'?`}`);
  }
  const text = query.get('seed') ?? String(USUAL.seed);
  const whole = text !== '' && Number.isSafeInteger(Number(text)) && Number(text) >= 0;
  if (!whole) problems.push(`'${text}' is no seed: it takes a whole number, at least 0.`);
  return { state: { finding: found?.finding ?? USUAL.finding, seed: whole ? Number(text) : USUAL.seed }, problems };
}
