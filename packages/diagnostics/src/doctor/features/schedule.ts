import { logs, type Run } from '../series.ts';
import { lastShare, maximum, mean, slope } from '../statistics.ts';

/** What was done to the learning rate, and when. */
export interface ScheduleFeatures {
  /** The mean rate as a share of the highest: 1 for a constant one. */
  readonly keptRate: number | undefined;
  /** The epochs that the run amounts to at its highest rate. */
  readonly fullEpochs: number | undefined;
  /** What the loss would fall by in a late epoch at the highest rate, if the fall goes with the rate; as a share of itself. */
  readonly fallAtFullRate: number | undefined;
  /** What it fell by in an epoch before the rate was cut to a sixth; as a share of itself. At a rate that was never cut: at the end. */
  readonly fallBeforeCut: number | undefined;
}

export function scheduleFeatures({ rate, train }: Run): ScheduleFeatures {
  const most = maximum(rate ?? []);
  if (rate === undefined || !(most > 0))
    return { keptRate: undefined, fullEpochs: undefined, fallAtFullRate: undefined, fallBeforeCut: undefined };
  const peak = rate.indexOf(most);
  const cut = rate.findIndex((value, i) => i > peak && value < most / 6);
  const before = train.slice(0, cut === -1 ? train.length : cut + 1).slice(-4);
  const lateRate = mean(lastShare(rate, 1 / 3, 4)) / most;
  return {
    keptRate: mean(rate) / most,
    fullEpochs: (mean(rate) / most) * rate.length,
    fallAtFullRate: Math.max(0, -slope(logs(lastShare(train, 1 / 3, 4)))) / (lateRate + 1e-4),
    fallBeforeCut: before.length < 2 ? undefined : -slope(logs(before)),
  };
}
