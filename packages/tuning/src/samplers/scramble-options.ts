/** Options of the samplers that follow a quasi-random sequence. */
export interface ScrambleOptions {
  /**
   * Whether the sequence is scrambled with the study's seed: as even as before, but another one for each seed. The plain one begins at the
   * lowest values of all parameters. @defaultValue true, SciPy's; Optuna's `QMCSampler` has false
   */
  readonly scramble?: boolean;
}
