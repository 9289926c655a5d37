import { DownhillError } from '@downhill/core';
import { setDrawCounts } from '@downhill/tfjs';
import { dispose, tensor, type Optimizer, type Tensor } from '@tensorflow/tfjs-core';
import type { Checkpoint, NamedCheckpoint } from './checkpoint/checkpoint.ts';
import type { StoredTensor } from './checkpoint/safetensors.ts';
import { isLayersModel, namedVariables, trainableVariables, type NamedVariable, type TrainableModel } from './model.ts';

type NamedTensor = Awaited<ReturnType<Optimizer['getWeights']>>[number];

const MODEL = 'model/';
const OPTIMIZER = 'optimizer/';
const STEP = 'iter'; // tfjs's name for the count of steps

/** Weights and the optimizer's state, by names that survive a reload. `slots` is the optimizer's own order: tfjs's optimizers go by it. */
export async function captureTensors(
  model: TrainableModel,
  optimizer: Optimizer,
): Promise<{ readonly tensors: Map<string, StoredTensor>; readonly slots: string[] }> {
  const variables = namedVariables(model);
  const tensors = new Map<string, StoredTensor>();
  const slots: string[] = [];
  for (const { key, variable } of variables) tensors.set(MODEL + key, await stored(variable));
  for (const { name, tensor: slot } of await optimizer.getWeights()) {
    const key = OPTIMIZER + rename(name, variables, 'name', 'key');
    slots.push(key);
    tensors.set(key, await stored(slot));
    if (name === STEP) dispose(slot); // made for the occasion; the slots are the optimizer's own
  }
  return { tensors, slots };
}

/**
 * Puts back what {@link captureTensors} took; weights change only when all is known to fit.
 *
 * @throws DownhillError `state-mismatch` listing both sides where the checkpoint is another model's.
 */
export async function restoreTensors(
  model: TrainableModel,
  optimizer: Optimizer,
  { name: source, tensors, state }: NamedCheckpoint,
): Promise<void> {
  const variables = namedVariables(model);
  checkSameWeights(source, variables, tensors);
  const slots: NamedTensor[] = [];
  try {
    for (const key of state.slots) {
      const slot = tensors.get(key);
      if (slot !== undefined) slots.push({ name: rename(key.slice(OPTIMIZER.length), variables, 'key', 'name'), tensor: made(slot) });
    }
    await optimizer.setWeights(slots);
  } finally {
    dispose(slots.map(({ tensor: slot }) => slot));
  }
  assignWeights(variables, tensors);
  if (isLayersModel(model)) setDrawCounts(model, state.draws ?? {});
}

/** Which weights {@link captureWeights} copies. */
export interface CaptureOptions {
  /** Only those that are trained: no statistics of batch normalizations, no frozen layers. @defaultValue false */
  readonly trainable?: boolean;
}

/** A copy of a model's weights, trained or not, under the names that a checkpoint has for them: what {@link restoreWeights} puts back. */
export async function captureWeights(
  model: TrainableModel,
  { trainable = false }: CaptureOptions = {},
): Promise<Map<string, StoredTensor>> {
  const tensors = new Map<string, StoredTensor>();
  const trained = new Set(trainable ? trainableVariables(model) : []);
  for (const { key, variable } of namedVariables(model)) {
    if (trainable && !trained.has(variable)) continue;
    const { values, ...rest } = await stored(variable);
    tensors.set(MODEL + key, { ...rest, values: values.slice() }); // a backend may hand out its own array
  }
  return tensors;
}

/** The weights in a checkpoint, trained or not, without the optimizer's state: what {@link restoreWeights} puts back. */
export const checkpointWeights = ({ tensors }: Pick<Checkpoint, 'tensors'>): Map<string, StoredTensor> =>
  new Map([...tensors].filter(([name]) => name.startsWith(MODEL)));

/** How {@link restoreWeights} takes what it is given. */
export interface RestoreOptions {
  /** Weights that are not given stay as they are; those that are given must still be the model's. @defaultValue false */
  readonly partial?: boolean;
}

/** Puts back the weights alone. @throws DownhillError `state-mismatch`, with nothing changed. */
export function restoreWeights(
  model: TrainableModel,
  tensors: ReadonlyMap<string, StoredTensor>,
  source: string,
  { partial = false }: RestoreOptions = {},
): void {
  const variables = namedVariables(model);
  checkSameWeights(source, partial ? variables.filter(({ key }) => tensors.has(MODEL + key)) : variables, tensors);
  assignWeights(variables, tensors);
}

function assignWeights(variables: readonly NamedVariable[], tensors: ReadonlyMap<string, StoredTensor>): void {
  for (const { key, variable } of variables) {
    const weight = tensors.get(MODEL + key);
    if (weight === undefined) continue;
    const value = made(weight);
    variable.assign(value);
    value.dispose();
  }
}

function checkSameWeights(source: string, variables: readonly NamedVariable[], tensors: ReadonlyMap<string, StoredTensor>): void {
  const ours = variables.map(({ key, variable }) => `${key} [${variable.shape.join(', ')}]`).sort();
  const theirs = [...tensors]
    .filter(([name]) => name.startsWith(MODEL))
    .map(([name, { shape }]) => `${name.slice(MODEL.length)} [${shape.join(', ')}]`)
    .sort();
  if (ours.join() === theirs.join()) return;
  throw new DownhillError({
    code: 'state-mismatch',
    source,
    problem: `it is the checkpoint of another model: it holds ${theirs.join(', ') || 'nothing'}; this model has ${ours.join(', ') || 'nothing'}`,
    advice: 'Build the model that it was made with, or start anew in an empty store.',
  });
}

/** A slot's name is a variable's, a slash and its own; the variable's part is changed from one way of naming to the other. */
function rename(name: string, variables: readonly NamedVariable[], from: 'key' | 'name', to: 'key' | 'name'): string {
  const names = variables.map(({ key, variable }) => ({ key, name: variable.name }));
  const owner = names.filter((candidate) => name.startsWith(`${candidate[from]}/`)).sort((a, b) => b[from].length - a[from].length)[0];
  return owner === undefined ? name : owner[to] + name.slice(owner[from].length);
}

async function stored(values: Tensor): Promise<StoredTensor> {
  const { dtype, shape } = values;
  if (dtype === 'string' || dtype === 'complex64')
    throw new DownhillError({ code: 'unsupported', source: 'checkpoint', problem: `tensors of type ${dtype} cannot be kept` });
  return { dtype, shape, values: await values.data() };
}

const made = ({ values, shape, dtype }: StoredTensor): Tensor => tensor(values, [...shape], dtype);
