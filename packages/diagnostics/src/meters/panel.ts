import type { EpochReport, Json, KeptTensor, RunPosition, StepReport } from '@downhill/core';
import { drawCounts, setDrawCounts } from '@downhill/tfjs';
import { isLayersModel, type PredictedBatch } from '@downhill/training';
import type { ReadAt } from '../reading.ts';
import { isDue, type Cadence } from './cadence.ts';
import { guard, type Guard, type OnProblem } from './guard.ts';
import type { AfterStep, BeforeStep, Gauge, Measurements, Meter, MeterNeed, MeterRun } from './meter.ts';
import { refuseNeed } from './refuse-need.ts';

/** Meters at work in one run: what hook and callback have in common. A meter that fails is off, and the others go on. */
export interface Panel {
  /** The step that ends at a position, where a meter is due. */
  roundAt(position: RunPosition): Round | undefined;
  follow(report: StepReport): void;
  onValidation(batch: PredictedBatch): Promise<void>;
  afterEpoch(report: EpochReport): Promise<void>;
  onNonFinite(position: RunPosition, seen: PredictedBatch | undefined): Promise<void>;
  saveState(): Record<string, Json>;
  saveTensors(): ReadonlyMap<string, KeptTensor>;
  dispose(): void;
}

/** A step at which meters are due. */
export interface Round {
  /** What they look at. */
  readonly needs: ReadonlySet<MeterNeed>;
  before(moment: BeforeStep): Promise<void>;
  after(moment: AfterStep): Promise<void>;
}

export interface PanelOptions {
  readonly every: Cadence;
  readonly onProblem: OnProblem;
  write(found: Measurements, at: ReadAt): Promise<void>;
}

/** What meters kept in a checkpoint, by meter. */
export interface Kept {
  readonly state: Readonly<Record<string, Json>>;
  readonly tensors: ReadonlyMap<string, KeptTensor>;
}

interface Station {
  readonly meter: Meter;
  readonly guard: Guard;
  readonly gauge: Gauge;
  readonly every: Cadence;
}

const prefixOf = ({ name }: Meter): string => `${encodeURIComponent(name)}/`;

/** Begins a run. */
export async function startPanel(
  meters: readonly Meter[],
  run: MeterRun,
  shown: ReadonlySet<MeterNeed>,
  kept: Kept,
  { every, onProblem, write }: PanelOptions,
): Promise<Panel> {
  const stations: Station[] = [];
  for (const meter of meters) {
    const guarded = guard(meter.name, onProblem);
    const gauge = await guarded.run(async () => {
      refuseNeed(meter, shown);
      const begun = await meter.begin(run);
      restore(meter, begun, kept);
      return begun;
    });
    if (gauge !== undefined) stations.push({ meter, guard: guarded, gauge, every: meter.every ?? every });
  }
  const working = (): readonly Station[] => stations.filter((station) => station.guard.on);
  const due = (position: RunPosition): readonly Station[] =>
    working().filter(({ guard, every }) => guard.runNow(() => isDue(every, position)) ?? false);

  /** One after the other; what they find goes out together. */
  const measure = async (
    at: ReadAt,
    those: readonly Station[],
    work: (gauge: Gauge) => ReturnType<NonNullable<Gauge['afterStep']>>,
  ): Promise<void> => {
    const found: Measurements[] = [];
    for (const { meter, guard, gauge } of those) found.push((await guard.run(() => keepingDraws(meter, run, () => work(gauge)))) ?? []);
    await write(found.flat(), at);
  };
  return {
    roundAt(position) {
      const those = due(position);
      if (those.length === 0) return undefined;
      return {
        needs: new Set(those.flatMap(({ meter }) => meter.needs)),
        before: (moment) => measure(position, those, (gauge) => gauge.beforeStep?.(moment)),
        after: (moment) => measure(position, those, (gauge) => gauge.afterStep?.(moment)),
      };
    },
    follow(report) {
      for (const { guard, gauge } of working()) guard.runNow(() => gauge.follow?.(report));
    },
    async onValidation(batch) {
      for (const { guard, gauge } of working()) await guard.run(() => gauge.onValidation?.(batch));
    },
    afterEpoch: (report) => measure(report, working(), (gauge) => gauge.afterEpoch?.(report)),
    onNonFinite: (position, seen) => measure(position, working(), (gauge) => gauge.onNonFinite?.(position.step, seen)),
    saveState: () =>
      Object.fromEntries(
        working().flatMap(({ meter, guard, gauge }) => {
          const state = guard.runNow(() => gauge.saveState?.());
          return state === undefined ? [] : [[meter.name, state]];
        }),
      ),
    saveTensors: () =>
      new Map(
        working().flatMap(({ meter, guard, gauge }) =>
          Array.from(guard.runNow(() => gauge.saveTensors?.()) ?? [], ([key, tensor]) => [prefixOf(meter) + key, tensor] as const),
        ),
      ),
    dispose() {
      for (const { guard, gauge } of stations) guard.runNow(() => gauge.dispose?.());
    },
  };
}

function restore(meter: Meter, gauge: Gauge, { state, tensors }: Kept): void {
  const own = state[meter.name];
  if (own !== undefined) gauge.loadState?.(own);
  const prefix = prefixOf(meter);
  const ofMeter = [...tensors]
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, tensor]) => [key.slice(prefix.length), tensor] as const);
  if (ofMeter.length > 0) gauge.loadTensors?.(new Map(ofMeter));
}

/** A pass of a meter's own must not move the counts that stochastic layers draw by. */
async function keepingDraws<T>({ cost }: Meter, { model }: MeterRun, work: () => T | Promise<T>): Promise<T> {
  if (cost.forward === 0 || !isLayersModel(model)) return work();
  const counts = drawCounts(model);
  try {
    return await work();
  } finally {
    setDrawCounts(model, counts);
  }
}
