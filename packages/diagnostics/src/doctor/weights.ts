/** How much each rule's evidence counts, in the order in which the rule lists it. Written by the fit in tooling/doctor. */
export const WEIGHTS: Readonly<Record<string, { readonly bias: number; readonly evidence: readonly number[] }>> = {
  'flat-start': { bias: 2.87, evidence: [5.15, 2.53, 1.53, 1.93, 0.98, 0.66] },
  'huge-start': { bias: 5.71, evidence: [0.74, 1.17, 0.75] },
  'rate-too-high': { bias: 1.04, evidence: [1.3, 1.47, 3.36, 2.32, 1.43, 2.02, 2.41, 2.02, 1.04] },
  'thrown-off': { bias: 1.27, evidence: [] },
  'rate-too-low': { bias: -1.41, evidence: [3.32, 1.37, 1.56, 0.96, 1.48, 2.24, 1.23, 1.47, 0.44, 2.11, 0.45] },
  'decayed-too-early': { bias: 1.29, evidence: [4.87, 2.17, 0.15, 1.61, 1.58, 3.1, 1.79, 0.44] },
  plateau: { bias: -4.41, evidence: [2.79, 0.73, 1.34, 3.6, 0.09, 2.14, 1.39, 2.56, 2.08, 1.49, 1.42] },
  overfitting: { bias: 1.26, evidence: [3.42, 1.08, 1.97, 1.58, 1.68, 2.38, 0.09, 0.35] },
  underfitting: { bias: -6.88, evidence: [2.28, 2.2, 0.58, 0.53, 1.77, 3.15, 1.3, 1.86, 1.28, 0.13, 4.29, 1.29] },
  'label-noise': { bias: 2.33, evidence: [2.77, 1.46, 2.4, 1.86, 0.81, 2.02, 1.11] },
  'stopped-early': { bias: -3.7, evidence: [1.9, 2.97, 0.83, 1.51, 2.29, 1.33, 0.13, 3.49, 1.42, 0.92, 1.14] },
  healthy: { bias: -0.34, evidence: [3.23, 0.19, 2.1, 1.64, 0.28, 0.31, 1.44, 0.1, 1.2, 1.83, 0.07] },
};
