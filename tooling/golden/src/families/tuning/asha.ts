import { asha, type FrozenTrial, type StudyView } from '@downhill/tuning';
import { replayOf, type Replay } from '../../cases/case-family.ts';

interface Job {
  readonly configuration: number;
  readonly rung: number;
  readonly resource: number;
  readonly result: number;
}

interface AshaCase {
  readonly config: { readonly eta: number; readonly minResource: number; readonly maxRung: number };
  readonly input: { readonly jobs: number };
  readonly expected: {
    readonly trace: readonly Job[];
    readonly rungs: readonly { readonly resource: number; readonly configurations: readonly number[] }[];
  };
}

/** One worker: it reports what the trace says for the job that ours chose, and asks for the next. */
export const ashaFile: Replay = replayOf<AshaCase>(({ config: { eta, minResource, maxRung }, input, expected }, compare) => {
  const maxResource = minResource * eta ** maxRung;
  const pruner = asha({ minResource, maxResource, reductionFactor: eta });
  const trials: FrozenTrial[] = [];
  const configurations: number[] = [];
  const view = (): StudyView => ({
    name: 'downhill',
    direction: 'minimize',
    seed: 0,
    space: { parameters: {}, toJSON: () => ({}) },
    trials: [...trials],
  });
  const begin = (continues: number | undefined): FrozenTrial => {
    const number = trials.length;
    configurations.push(continues === undefined ? Math.max(-1, ...configurations) + 1 : (configurations[continues] ?? -1));
    const fresh: FrozenTrial = { number, state: 'running', settings: {}, reports: [], repeat: 0, attributes: {} };
    return continues === undefined ? fresh : { ...fresh, continues, reports: trials[continues]?.reports ?? [] };
  };
  const jobs: Omit<Job, 'result'>[] = [];
  for (let running = begin(undefined); jobs.length < input.jobs;) {
    const [configuration, rung] = [configurations[running.number] ?? -1, running.reports.length];
    const resource = minResource * eta ** rung;
    const { result } = expected.trace[jobs.length] ?? { result: Number.NaN };
    jobs.push({ configuration, rung, resource });
    running = { ...running, reports: [...running.reports, { step: resource, value: result }] };
    trials[running.number] = running;
    const prunes = pruner.shouldPrune(view(), running);
    if (!prunes && resource < maxResource) continue;
    trials[running.number] = prunes ? { ...running, state: 'pruned' } : { ...running, state: 'complete', value: result };
    running = begin(pruner.promote?.(view()));
  }
  compare.same('jobs', jobs, expected.trace.map(({ configuration, rung, resource }) => ({ configuration, rung, resource }))); // prettier-ignore
  for (const [rung, { resource, configurations }] of expected.rungs.entries()) {
    const ours = jobs.filter((job) => job.rung === rung).map((job) => job.configuration);
    compare.same(
      `rung ${rung}`,
      { resource: minResource * eta ** rung, configurations: ours.sort((a, b) => a - b) },
      { resource, configurations },
    );
  }
});
