import type { StepReport } from '@downhill/core';

/** Where a run stands, as a reader wants to see it. */
export interface Pace {
  readonly step: number;
  readonly steps: number;
  readonly epoch: number;
  readonly epochs: number;
  /** Means over the last steps. */
  readonly loss: number;
  readonly accuracy: number;
  readonly learningRate: number;
  readonly imagesPerSecond: number;
  readonly secondsLeft: number;
}

const SMOOTH = 0.98; // of the old mean

/** Follows steps. @param now A clock, in milliseconds. */
export function pace(now: () => number = () => performance.now()): (report: StepReport) => Pace {
  const start = now();
  let [seen, images, weight] = [0, 0, 0];
  let [loss, accuracy] = [0, 0];
  return ({ step, steps, epoch, epochs, loss: value, metrics, scalars, examples }) => {
    seen += 1;
    images += examples;
    weight = SMOOTH * weight + (1 - SMOOTH);
    loss = SMOOTH * loss + (1 - SMOOTH) * value;
    accuracy = SMOOTH * accuracy + (1 - SMOOTH) * (metrics.accuracy ?? Number.NaN);
    const seconds = (now() - start) / 1000;
    return {
      step,
      steps,
      epoch: Math.min(epoch + 1, epochs),
      epochs,
      loss: loss / weight,
      accuracy: accuracy / weight,
      learningRate: learningRateOf(scalars),
      imagesPerSecond: images / seconds,
      secondsLeft: (seconds / seen) * (steps - step),
    };
  };
}

/** Scalars are named by the part of the chain that has them: `scaleByLearningRate/learningRate`. */
function learningRateOf(scalars: Readonly<Record<string, number>>): number {
  const name = Object.keys(scalars).find((key) => key.split('/').at(-1) === 'learningRate');
  return name === undefined ? Number.NaN : (scalars[name] ?? Number.NaN);
}

/** One line of numbers. */
export function line({ epoch, epochs, loss, accuracy, learningRate, imagesPerSecond, secondsLeft }: Pace): string {
  return [
    `epoch ${epoch}/${epochs}`,
    `loss ${loss.toFixed(4)}`,
    `accuracy ${accuracy.toFixed(4)}`,
    ...(Number.isNaN(learningRate) ? [] : [`learning rate ${learningRate.toExponential(2)}`]),
    `${Math.round(imagesPerSecond)} images/s`,
    `${time(secondsLeft)} left`,
  ].join('  ');
}

const time = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;
