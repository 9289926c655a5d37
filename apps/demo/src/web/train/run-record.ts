import type { Reading } from '@downhill/diagnostics';
import type { TrainConfig } from './train-protocol.ts';

/** A run as it is remembered: its settings, its curves, how far it came. */
export interface RunRecord {
  readonly id: string;
  /** When it was started, as milliseconds since 1970. */
  readonly started: number;
  readonly config: TrainConfig;
  readonly step: number;
  readonly steps: number;
  readonly state: 'under way' | 'finished';
  /** By name: `loss`, `val_accuracy`, `update ratio/0/kernel`. */
  readonly curves: Readonly<Record<string, Curve>>;
  /** What the doctor says of them. */
  readonly verdict?: Verdict;
  /** On the test images, of the model that was chosen. */
  readonly accuracy?: number;
}

export interface Curve {
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

export interface Verdict {
  readonly finding: string;
  readonly confidence: number;
  readonly symptom: string;
  readonly advice: string;
  /** Epochs that it was read from. */
  readonly epochs: number;
}

/** The record with what was read. */
export function withReadings(record: RunRecord, readings: readonly Reading[]): RunRecord {
  const curves: Record<string, { steps: number[]; values: number[] }> = {};
  for (const reading of readings) {
    if (reading.kind !== 'scalar' || !Number.isFinite(reading.value)) continue;
    const { name, step, value } = reading;
    const before = record.curves[name];
    const curve = (curves[name] ??= { steps: [...(before?.steps ?? [])], values: [...(before?.values ?? [])] });
    curve.steps.push(step);
    curve.values.push(value);
  }
  return { ...record, curves: { ...record.curves, ...curves } };
}

/** The record as it was at a checkpoint: what was read later will be read again. */
export function rewound(record: RunRecord, step: number): RunRecord {
  const curves = Object.entries(record.curves).map(([name, { steps, values }]): [string, Curve] => {
    const count = steps.filter((at) => at <= step).length;
    return [name, { steps: steps.slice(0, count), values: values.slice(0, count) }];
  });
  return { ...record, step, curves: Object.fromEntries(curves) };
}

export const encodeRecord = (record: RunRecord): Uint8Array => new TextEncoder().encode(JSON.stringify(record));

/** Undefined for what is no record: an older version's, or damaged. */
export function decodeRecord(bytes: Uint8Array): RunRecord | undefined {
  try {
    const value = JSON.parse(new TextDecoder().decode(bytes)) as Partial<RunRecord> | null;
    return typeof value?.id === 'string' && typeof value.config === 'object' && typeof value.curves === 'object'
      ? (value as RunRecord)
      : undefined;
  } catch {
    return undefined;
  }
}
