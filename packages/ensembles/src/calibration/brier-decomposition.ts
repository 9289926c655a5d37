import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { checkedProbabilities } from '../checks/check-outputs.ts';
import { meanOf, rowsOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';
import { checkedBinning, intoBins, type BinningOptions } from './bins.ts';

/** The parts of a Brier score: `score = reliability − resolution + uncertainty + withinBins`. */
export interface BrierDecomposition {
  /** The Brier score, as `brierScore` gives it. */
  readonly score: number;
  /** How far forecasts lie from what happens when they are made: 0 where calibrated. */
  readonly reliability: number;
  /** How far what happens in the bins lies from what happens on the whole: more is better. */
  readonly resolution: number;
  /** The score of always forecasting the classes' shares: a property of the data alone. */
  readonly uncertainty: number;
  /** What is left since the forecasts in a bin are not all equal; 0 where they are. */
  readonly withinBins: number;
}

/**
 * What a Brier score is made of, summed over the classes, with each class's probabilities in bins.
 *
 *     Σₖ Σ_b (n_b/N) (p̄_b − ȳ_b)²  −  Σₖ Σ_b (n_b/N) (ȳ_b − ȳ)²  +  Σₖ ȳ (1 − ȳ)
 *     reliability                     resolution                    uncertainty
 *
 * Murphy 1973, "A new vector partition of the probability score", equation 4, which is exact where all forecasts in a bin are equal; the rest,
 * `withinBins`, is that of Stephenson et al. 2008.
 *
 * @example
 * const parts = brierDecomposition(outputsFrom([[0.25, 0.75], [0.25, 0.75]]), [0, 1]);
 * parts.reliability; // 0.125
 * parts.uncertainty; // 0.5
 *
 * @throws DownhillError as `reliabilityDiagram`
 */
export function brierDecomposition(outputs: Outputs, labels: Labels, options: BinningOptions = {}): BrierDecomposition {
  const binning = checkedBinning('brierDecomposition', options);
  const checked = checkedProbabilities('brierDecomposition', 'outputs', outputs);
  checkLabels('brierDecomposition', labels, checked.shape);
  const rows = rowsOf(checked);
  const parts = { score: 0, reliability: 0, resolution: 0, uncertainty: 0 };
  for (let k = 0; k < checked.shape[1]; k++) {
    const judged = rows.map((row, i) => ({ confidence: row[k] ?? 0, right: labels[i] === k }));
    const share = meanOf(judged.map(({ right }) => (right ? 1 : 0)));
    parts.score += meanOf(judged.map(({ confidence, right }) => (confidence - (right ? 1 : 0)) ** 2));
    parts.uncertainty += share * (1 - share);
    for (const { count, accuracy, confidence } of intoBins(judged, binning)) {
      parts.reliability += (count / rows.length) * (confidence - accuracy) ** 2;
      parts.resolution += count === 0 ? 0 : (count / rows.length) * (accuracy - share) ** 2;
    }
  }
  return { ...parts, withinBins: parts.score - (parts.reliability - parts.resolution + parts.uncertainty) };
}
