/** How much each rule's evidence counts, in the order in which the rule lists it. Written by the fit in tooling/doctor. */
export const WEIGHTS: Readonly<Record<string, { readonly bias: number; readonly evidence: readonly number[] }>> = {
  'flat-start': { bias: 2.81, evidence: [5.219, 2.542, 1.511, 1.823, 1.042, 0.676, 0.0] },
  'huge-start': { bias: 5.551, evidence: [0.794, 1.196, 0.776] },
  'rate-too-high': { bias: 0.953, evidence: [1.308, 1.47, 3.356, 2.327, 1.419, 2.005, 2.423, 2.051, 0.0, 1.052] },
  'thrown-off': { bias: 1.236, evidence: [0.001, 0.007, 0.0, 0.005] },
  'rate-too-low': { bias: -1.487, evidence: [3.305, 1.318, 1.304, 0.921, 1.464, 2.21, 1.505, 1.467, 0.379, 2.084, 0.514] },
  'decayed-too-early': { bias: 1.245, evidence: [4.888, 2.159, 0.135, 1.599, 1.589, 3.095, 1.779, 0.424] },
  plateau: { bias: -4.48, evidence: [2.772, 0.736, 1.397, 3.609, 0.078, 2.159, 1.372, 2.548, 2.049, 1.482, 1.443] },
  overfitting: { bias: 1.246, evidence: [3.43, 1.041, 1.945, 1.594, 1.686, 2.375, 0.096, 0.364] },
  underfitting: { bias: -6.674, evidence: [2.296, 2.132, 0.626, 0.563, 1.775, 3.061, 1.213, 0.0, 1.656, 1.3, 0.155, 4.273, 1.293] },
  'label-noise': { bias: 2.193, evidence: [2.848, 1.552, 2.351, 1.914, 0.844, 2.017, 1.148] },
  'stopped-early': { bias: -3.84, evidence: [1.973, 2.92, 0.822, 1.516, 2.311, 1.35, 0.051, 0.124, 3.5, 1.443, 0.906, 1.145, 0.0] },
  healthy: { bias: -0.36, evidence: [3.267, 0.188, 2.099, 1.593, 0.296, 0.326, 1.443, 0.03, 1.188, 0.0, 1.84, 0.0, 0.0, 0.079, 0.0] },
};
