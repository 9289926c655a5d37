import type { Finding } from '@downhill/diagnostics';
import { queryReader } from '../shell/query-reader.ts';
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

const FINDINGS = SYMPTOMS.map(({ finding }) => finding);

/** Reads what {@link writeDoctor} wrote, or what somebody typed: what makes no sense is named and left at its usual value. */
export function readDoctor(query: URLSearchParams): Read<DoctorState> {
  const { choice, number, problems } = queryReader(query);
  return {
    state: { finding: choice('symptom', USUAL.finding, FINDINGS), seed: number('seed', USUAL.seed, { min: 0, whole: true }) },
    problems,
  };
}
