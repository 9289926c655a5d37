/** What the reader of the page has chosen. */
export interface State {
  smoothing: number;
  across: 'steps' | 'epochs';
  /** Indices of the runs that are drawn. */
  readonly visible: Set<number>;
}
