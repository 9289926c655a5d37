/** How much each rule's evidence counts, in the order in which the rule lists it. Written by the fit in tooling/doctor. */
export const WEIGHTS: Readonly<Record<string, { readonly bias: number; readonly evidence: readonly number[] }>> = {
  'flat-start': { bias: 3.43, evidence: [5.29, 2.42, 1.44, 1.91, 1.05, 0.49] },
  'huge-start': { bias: 5.94, evidence: [0.75, 1.2, 0.7] },
  'rate-too-high': { bias: 1.56, evidence: [1.3, 1.47, 3.31, 2.43, 1.37, 2.1, 2.38, 2.02, 1.0] },
  'thrown-off': { bias: -1.18, evidence: [] },
  'rate-too-low': { bias: -1.2, evidence: [3.5, 1.39, 1.27, 0.95, 1.54, 2.39, 1.43, 1.63, 0.4, 2.17, 0.11] },
  'decayed-too-early': { bias: 1.56, evidence: [4.82, 2.13, 0.31, 1.58, 1.6, 3.11, 1.63, 0.51] },
  plateau: { bias: -5.11, evidence: [2.84, 1.01, 1.54, 3.66, 0.23, 2.11, 1.56, 2.83, 2.12, 1.64, 1.68] },
  overfitting: { bias: 1.92, evidence: [3.42, 1.02, 1.94, 1.51, 1.64, 2.37, 0.07, 0.27] },
  underfitting: { bias: -2.6, evidence: [1.93, 1.89, 0.65, 1.15, 3.21, 0.81, 1.04, 0.97, 3.54, 0.82] },
  'label-noise': { bias: 2.81, evidence: [2.77, 1.3, 2.11, 1.96, 0.97, 1.89, 1.13] },
  'stopped-early': { bias: -3.37, evidence: [2.07, 2.95, 0.9, 1.5, 2.27, 1.27, 3.5, 1.4, 0.92, 1.15] },
  healthy: { bias: -0.54, evidence: [3.44, 2.17, 1.82, 0.37, 1.78, 1.37, 2.21] },
};
