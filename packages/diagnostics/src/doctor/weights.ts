/** How much each rule's evidence counts, in the order in which the rule lists it. Written by the fit in the project's tooling. */
export const WEIGHTS: Readonly<Record<string, { readonly bias: number; readonly evidence: readonly number[] }>> = {};
