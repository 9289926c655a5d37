/** The names of what Downhill notes by 'system'. Those of a study are never changed once they are there. */
export const keys = {
  /** Of a study: its space, as JSON. */
  space: 'downhill:space',
  /** Of a study. */
  seed: 'downhill:seed',
  /** Of a trial: the number of the pruned one that it goes on from. The first to say so is the one that does. */
  continues: 'downhill:continues',
  /** Of a trial: the number of the one that it measures again. */
  repeats: 'downhill:repeats',
  /** Of a trial: why it failed. */
  error: 'downhill:error',
  /** Of a trial: the worker that was running it and cannot any more. */
  lost: 'downhill:lost',
  /** Of a trial: the settings that were asked for. This is Optuna's name, so that either takes what the other enqueued. */
  enqueued: 'fixed_params',
} as const;
