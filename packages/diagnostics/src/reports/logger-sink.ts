import { callbackSink } from './callback-sink.ts';
import type { Sink } from '../reading.ts';

/**
 * An adapter for any logger that takes a name, a number and a step: Weights & Biases, MLflow, Comet, Neptune, a metrics client. Scalars
 * only; for histograms, tables and texts use `callbackSink`.
 *
 *     loggerSink((name, value, step) => wandb.log({ [name]: value }, { step }))
 *     loggerSink((key, value, step) => mlflow.logMetric(runId, key, value, Date.now(), step))
 *
 * @example
 * const sink = loggerSink((name, value, step) => console.log(step, name, value));
 * sink.name; // 'logger'
 */
export function loggerSink(
  log: (name: string, value: number, step: number) => void | Promise<void>,
  { name = 'logger' }: { readonly name?: string } = {},
): Sink {
  return callbackSink((reading) => (reading.kind === 'scalar' ? log(reading.name, reading.value, reading.step) : undefined), { name });
}
