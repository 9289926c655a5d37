import { checkLabels, type Labels } from '../checks/check-labels.ts';
import { checkedProbabilities } from '../checks/check-outputs.ts';
import { largestOf, meanOf, rowsOf } from '../checks/rows.ts';
import type { Outputs } from '../outputs.ts';
import { checkedBinning, gapOf, intoBins, type Bin, type BinningOptions, type Judged } from './bins.ts';

/** How confidences and accuracy go together, see {@link reliabilityDiagram}. */
export interface ReliabilityDiagram {
  readonly bins: readonly Bin[];
  /** The expected calibration error: the bins' gaps, weighted by their counts. */
  readonly ece: number;
  /** The maximum calibration error: the largest gap of a bin. */
  readonly mce: number;
  /** The share of examples predicted right. */
  readonly accuracy: number;
  /** The mean confidence. Above the accuracy: the model is too sure of itself. */
  readonly confidence: number;
  readonly examples: number;
}

/**
 * The confidences (largest probabilities) in bins, and how often each bin's predictions were right: on the diagonal a model means what it
 * says. `reliabilitySvg` draws it.
 *
 * DeGroot & Fienberg 1983; Niculescu-Mizil & Caruana 2005; Guo et al. 2017, section 2.
 *
 * @example
 * const diagram = reliabilityDiagram(outputsFrom([[0.25, 0.75], [0.75, 0.25]]), [1, 1], { bins: 2 });
 * diagram.bins[1]; // { lower: 0.5, upper: 1, count: 2, accuracy: 0.5, confidence: 0.75 }
 *
 * @throws DownhillError as `combine`; `shape-mismatch` and `data-invalid` where the labels do not fit, `invalid-argument` for bad options.
 */
export function reliabilityDiagram(outputs: Outputs, labels: Labels, options: BinningOptions = {}): ReliabilityDiagram {
  return diagramOf('reliabilityDiagram', outputs, labels, options);
}

/** {@link reliabilityDiagram}, for whoever speaks in its errors. */
export function diagramOf(source: string, outputs: Outputs, labels: Labels, options: BinningOptions): ReliabilityDiagram {
  const binning = checkedBinning(source, options);
  const checked = checkedProbabilities(source, 'outputs', outputs);
  checkLabels(source, labels, checked.shape);
  const judged = rowsOf(checked).map((row, i): Judged => {
    const predicted = largestOf(row);
    return { confidence: row[predicted] ?? 0, right: predicted === labels[i] };
  });
  const bins = intoBins(judged, binning);
  return {
    bins,
    ece: gapOf(bins),
    mce: Math.max(...bins.map((bin) => Math.abs(bin.accuracy - bin.confidence))),
    accuracy: meanOf(judged.map(({ right }) => (right ? 1 : 0))),
    confidence: meanOf(judged.map(({ confidence }) => confidence)),
    examples: judged.length,
  };
}
