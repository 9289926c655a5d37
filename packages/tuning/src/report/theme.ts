/** The colours of a picture. */
export interface Theme {
  readonly ink: string;
  readonly quiet: string;
  readonly rule: string;
  readonly paper: string;
  readonly complete: string;
  readonly pruned: string;
  readonly failed: string;
  readonly running: string;
}

export const LIGHT: Theme = {
  ink: '#1f2328',
  quiet: '#59636e',
  rule: '#d8dee4',
  paper: '#ffffff',
  complete: '#3478c6',
  pruned: '#c46a08',
  failed: '#cf222e',
  running: '#7d8590',
};

export const DARK: Theme = {
  ink: '#e6edf3',
  quiet: '#9198a1',
  rule: '#30363d',
  paper: '#161b22',
  complete: '#5a9ae6',
  pruned: '#e69138',
  failed: '#f85149',
  running: '#8b949f',
};

/** From the least to the most: told apart also by who sees red and green alike, and legible on white and on near black. */
export const RAMP: readonly string[] = ['#aab4bf', '#4f8fd9', '#c2258f'];
