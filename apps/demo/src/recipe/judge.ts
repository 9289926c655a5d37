import { accuracy, expectedCalibrationError, negativeLogLikelihood, predictedClasses, type Outputs } from '@downhill/ensembles';
import type { ArrayData } from '@downhill/training';
import { CLASSES } from './mnist.ts';

/** How well probabilities fit images. */
export interface Scores {
  readonly accuracy: number;
  /** Mean, in nats. */
  readonly negativeLogLikelihood: number;
  /** The expected calibration error over 15 bins: by how much confidence and accuracy differ. */
  readonly calibrationError: number;
}

export const scoresOf = (outputs: Outputs, labels: Int32Array): Scores => ({
  accuracy: accuracy(outputs, labels),
  negativeLogLikelihood: negativeLogLikelihood(outputs, labels),
  calibrationError: expectedCalibrationError(outputs, labels),
});

/** The digits of a data set, in its order. */
export function labelsIn({ ys, rows }: ArrayData): Int32Array {
  return rows === undefined ? Int32Array.from(ys.values) : Int32Array.from(rows, (row) => ys.values[row] ?? 0);
}

/** `confusion[digit][answer]` counts. */
export function confusionOf(outputs: Outputs, labels: Int32Array): readonly (readonly number[])[] {
  const confusion = Array.from({ length: CLASSES }, () => new Array<number>(CLASSES).fill(0));
  predictedClasses(outputs).forEach((answer, i) => {
    const row = confusion[labels[i] ?? 0];
    if (row !== undefined) row[answer] = (row[answer] ?? 0) + 1;
  });
  return confusion;
}

/** An image that was taken for another digit. */
export interface Mistake {
  /** Its place in the data. */
  readonly index: number;
  readonly digit: number;
  readonly answer: number;
  /** The probability of the answer. */
  readonly confidence: number;
}

/** The surest of the wrong answers, the worst first. */
export function mistakesOf(outputs: Outputs, labels: Int32Array, most: number): readonly Mistake[] {
  const [, width] = outputs.shape;
  const wrong = [...predictedClasses(outputs)].flatMap((answer, index): Mistake[] => {
    const digit = labels[index] ?? 0;
    return answer === digit ? [] : [{ index, digit, answer, confidence: outputs.values[index * width + answer] ?? 0 }];
  });
  return wrong.toSorted((a, b) => b.confidence - a.confidence).slice(0, most);
}
