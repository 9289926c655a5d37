/** How much each rule's evidence counts, in the order in which the rule lists it. Written by scripts/fit-doctor.mjs. */
export const WEIGHTS: Readonly<Record<string, { readonly bias: number; readonly evidence: readonly number[] }>> = {
  'flat-start': { bias: 3.051, evidence: [4.714, 2.078, 2.319, 2.516, 0.0, 0.974, 0.0] },
  'huge-start': { bias: 3.83, evidence: [3.78, 3.884, 1.44] },
  'rate-too-high': { bias: 1.975, evidence: [3.395, 4.338, 1.23, 1.12, 2.394, 2.299, 0.904, 0.0, 0.431] },
  'rate-too-low': { bias: -1.056, evidence: [2.423, 0.94, 0.792, 0.792, 2.032, 2.156, 2.081, 2.441, 0.699, 1.289, 0.737] },
  'decayed-too-early': { bias: 0.84, evidence: [3.666, 2.361, 0.755, 1.149, 1.923, 3.44, 2.178, 0.762] },
  plateau: { bias: -4.139, evidence: [3.031, 0.44, 1.215, 3.172, 0.0, 2.575, 1.759, 2.563, 1.554, 1.645, 1.393] },
  overfitting: { bias: -0.219, evidence: [4.115, 1.537, 1.968, 1.71, 1.863, 2.016, 0.55, 0.877] },
  underfitting: { bias: -8.41, evidence: [2.686, 1.653, 1.28, 0.82, 1.951, 2.243, 2.286, 1.923, 1.36, 2.622, 0.869, 2.819, 0.048] },
  'label-noise': { bias: 1.392, evidence: [3.551, 4.081, 1.235, 1.524, 1.525, 0.825, 0.632] },
  'stopped-early': { bias: -2.86, evidence: [2.751, 3.334, 1.164, 1.399, 2.123, 1.806, 0.465, 0.0, 1.536, 1.606, 1.698, 0.25, 0.0] },
  healthy: { bias: -0.245, evidence: [3.379, 0.272, 1.656, 1.768, 1.201, 0.0, 0.769, 0.0, 1.665, 0.0, 1.455, 0.0, 0.167, 0.0, 0.484] },
};
