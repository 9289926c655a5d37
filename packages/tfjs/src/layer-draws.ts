import { checkNumber, streamKey, type Key } from '@downhill/core';
import { hashText } from '@downhill/core/compiler';
import type { layers } from '@tensorflow/tfjs-layers';
import { flatLayers, holders } from './flat-layers.ts';

type Layer = layers.Layer;
type Model = { readonly layers: readonly Layer[] };

/** What a stochastic layer draws with at one forward. */
export interface ForwardDraw {
  /** Another for each layer and each training forward. */
  readonly key: Key;
  /** The training forwards before this one: what a rate that is a schedule is read at. */
  readonly forward: number;
}

/** A stochastic layer's randomness; made by {@link layerDraws}. */
export interface LayerDraws {
  /** The draw of this forward, which is counted; `undefined` outside training, where the layer keeps still. */
  next(training: boolean): ForwardDraw | undefined;
  /** The training forwards so far. */
  readonly forwards: number;
}

/** What is known of a stochastic layer. */
interface State {
  readonly seed: number;
  forwards: number;
  /** Given by `seedModel`. */
  told?: { readonly place: string; readonly seed: number };
  /** Of a layer that was not told its place. */
  above?: string;
}

const states = new WeakMap<object, State>();

/** The step under way that may evaluate its loss several times: the counts of the layers before their first forward in it. */
let step: Map<State, number> | undefined;

/** The prediction under way for which stochastic layers are kept on. */
let keptOn: { readonly key: readonly [seed: number, pass: number]; readonly forwards: Map<State, number> } | undefined;

/**
 * Makes a layer one whose randomness is keyed: by the seed and place that `seedModel` gave it, its own seed, and its count of
 * training forwards, which checkpoints keep. Where `seedModel` was never called, the layers above it take the place of its own.
 * When a rule evaluates the loss several times in one step (SAM, a line search), the layer draws the same each time.
 *
 * @example
 * const draws = layerDraws(model.layers[1], 0);
 * draws.next(false); // undefined
 * draws.next(true).forward; // 0
 *
 * @throws DownhillError `invalid-argument` for a seed that is no safe integer.
 */
export function layerDraws(layer: Layer, seed: number): LayerDraws {
  checkNumber(layer.getClassName(), { seed }, { integer: true });
  const state: State = { seed, forwards: 0 };
  states.set(layer, state);
  return {
    get forwards() {
      return state.forwards;
    },
    next(training) {
      if (keptOn !== undefined) {
        const { key, forwards } = keptOn;
        const before = forwards.get(state) ?? 0;
        forwards.set(state, before + 1);
        return { key: streamKey(key[0], 'kept on', key[1], ...placeOf(layer, state), seed, before), forward: state.forwards };
      }
      if (!training) return undefined;
      if (step !== undefined && !step.has(state)) step.set(state, state.forwards);
      const forward = state.forwards++;
      return { key: streamKey(state.told?.seed ?? 0, 'layer', ...placeOf(layer, state), seed, forward), forward };
    },
  };
}

const placeOf = (layer: Layer, state: State): readonly string[] =>
  state.told === undefined ? ['above', (state.above ??= placeByLayersAbove(layer, state.seed))] : ['place', state.told.place];

/** The stochastic layers of a model by their place: the index among all layers, and for one that another wraps, its own after a dot. */
const placesIn = (model: Model): readonly (readonly [place: string, state: State])[] =>
  flatLayers(model).flatMap((layer, index) =>
    holders(layer).flatMap((holder, inner) => {
      const state = states.get(holder);
      return state === undefined ? [] : [[inner === 0 ? `${index}` : `${index}.${inner}`, state] as const];
    }),
  );

/** @internal Tells the stochastic layers of a model where they are; they count from 0 again. */
export function tellPlaces(model: Model, seed: number): void {
  for (const [place, state] of placesIn(model)) {
    state.told = { place, seed };
    state.forwards = 0;
  }
}

/** How many training forwards each stochastic layer of a model has seen, by its place: for checkpoints. */
export const drawCounts = (model: Model): Record<string, number> =>
  Object.fromEntries(placesIn(model).map(([place, { forwards }]) => [place, forwards]));

/** Puts back what {@link drawCounts} gave; layers that it does not name begin at 0. */
export function setDrawCounts(model: Model, counts: Readonly<Record<string, number>>): void {
  for (const [place, state] of placesIn(model)) state.forwards = counts[place] ?? 0;
}

/** @internal Runs a step whose evaluations of the loss, after `again`, draw what the first one drew. */
export function sameDraws<T>(work: (again: () => void) => T): T {
  const outer = step;
  const counts = (step = new Map<State, number>());
  try {
    return work(() => counts.forEach((forwards, state) => (state.forwards = forwards)));
  } finally {
    step = outer;
  }
}

/**
 * Runs a prediction with the stochastic layers kept on, whether or not it is training; their counts stay as they are.
 *
 * @example
 * const sample = withLayersKeptOn({ seed: 1, pass: 0 }, () => model.predict(xs));
 * sample.shape; // [8, 3]
 */
export function withLayersKeptOn<T>({ seed, pass }: { readonly seed: number; readonly pass: number }, work: () => T): T {
  const outer = keptOn;
  keptOn = { key: [seed, pass], forwards: new Map() };
  try {
    return work();
  } finally {
    keptOn = outer;
  }
}

const untold = new Map<string, WeakRef<Layer>>();
let warned = false;

/** A short name of all that leads to a layer: the kinds of layers above it, and how they are connected. */
function placeByLayersAbove(layer: Layer, seed: number): string {
  const known = new Map<Layer, string>();
  const above = ({ inboundNodes }: Layer): readonly Layer[] => inboundNodes[0]?.inboundLayers ?? [];
  const nameOf = (of: Layer): string => {
    const name = known.get(of) ?? hashText(`${of.getClassName()} ${above(of).map(nameOf).join(' ')}`);
    known.set(of, name);
    return name;
  };
  const name = nameOf(layer);
  const first = (of: Layer): Layer => {
    const [upper] = above(of);
    return upper === undefined ? of : first(upper);
  };
  const twin = untold.get(`${seed} ${name}`)?.deref();
  // Two models of one build have their own inputs: only within a model are two layers alike by mistake.
  const alike = twin !== undefined && twin !== layer && (first(twin) === first(layer) || above(layer).length === 0);
  if (alike && !warned) {
    warned = true;
    console.warn(
      `Downhill: the layers ${twin.name} and ${layer.name} have one seed and the same layers above them, so that they draw the same: call seedModel(model, seed), or give them seeds of their own.`,
    );
  }
  untold.set(`${seed} ${name}`, new WeakRef(layer));
  return name;
}
