/** Where a scalar is drawn: in which chart, and under which name there; none where it has the chart's own name. */
export interface Metric {
  readonly chart: string;
  readonly line: string;
}

/**
 * `loss` and `val_loss` belong into one chart, and so do `gradient norm/0/kernel` and its siblings. What tfjs calls `acc` is `accuracy`, and the
 * means over an epoch (`epoch/loss`) stand beside the values of single steps.
 */
export function metricOf(name: string): Metric {
  const validation = name.startsWith('val_');
  const ofEpoch = name.startsWith('epoch/');
  const bare = name.replace(/^(?:val_|epoch\/)/, '').replace(/^acc(?=$|\/)/, 'accuracy');
  const [chart = bare, ...parts] = bare.split('/');
  const part = parts.join('/');
  if (validation) return { chart, line: part === '' ? 'validation' : `validation ${part}` };
  if (ofEpoch) return { chart, line: part === '' ? 'train, mean of epoch' : `${part}, mean of epoch` };
  return { chart, line: part };
}
