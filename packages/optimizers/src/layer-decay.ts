import {
  chain,
  checkMask,
  checkNumber,
  checkSchedule,
  complete,
  DownhillError,
  masked,
  named,
  show,
  transform,
  type ParameterGroup,
  type ScheduleLike,
  type Transform,
} from '@downhill/core';
import { integerPower } from '@downhill/core/math';
import { multiplyBy } from './multiply-by.ts';

/** A layer: the names of its weights, with `*` for any letters, or a group. */
export type LayerGroup = string | readonly string[] | ParameterGroup;

/** Options of {@link layerDecay}. */
export interface LayerDecayOptions {
  /** From the input to the output: `['stem/*', 'block1/*', 'block2/*', 'head/*']`, or what `layerGroups(model)` of @downhill/tfjs/layers gives. */
  layers: readonly LayerGroup[];
  /** What each layer's rate is of the one above it, in (0, 1]. @defaultValue 0.75 (MAE's fine-tuning; BEiT 0.65 to 0.9, ELECTRA 0.8 and 0.9) */
  decay?: ScheduleLike;
  /** No layer learns at less than this share, in [0, 1]. @defaultValue 0 (timm's `layer_decay_min_scale`) */
  minScale?: number;
}

/**
 * Layer-wise learning-rate decay, for fine-tuning: the lower a layer, the less it moves. Last in a chain.
 *
 *     uₜ = gₜ max(decayᵈ, minScale)        d the layer's distance from the last one
 *
 * Clark et al. 2020 (ELECTRA, arXiv:2003.10555), Bao et al. 2022 (BEiT), timm's `layer_decay`. A weight belongs to the first layer that takes
 * it; one that none takes moves as the last layer does (timm). Behind the whole rule it is the learning rate that is scaled, with it the
 * decoupled weight decay.
 *
 * @example
 * const rule = layerDecay({ layers: ['embed/*', 'block/*', 'head/*'] });
 * chain(adamw(), rule).parts.length; // 6
 *
 * @throws DownhillError `invalid-argument` where a layer or a number is none; at the first step `unknown-name` for a pattern that fits no weight.
 */
export function layerDecay(options: LayerDecayOptions): Transform {
  const config = complete('layerDecay', options, { layers: undefined, decay: 0.75, minScale: 0 });
  const { layers, decay, minScale } = config;
  if (!Array.isArray(layers) || layers.length === 0)
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'layerDecay',
      problem: `\`layers\` must be a list of layers from the input to the output, got ${show(layers)}`,
      advice: "Write ['stem/*', 'head/*'], or pass layerGroups(model).",
    });
  checkSchedule('layerDecay', { decay }, { above: 0, max: 1 });
  checkNumber('layerDecay', { minScale }, { min: 0, max: 1 });
  const groups = (layers as readonly LayerGroup[]).map(groupOf);
  for (const group of groups) checkMask('layerDecay', group);
  const parts = groups.slice(0, -1).map((group, i) => {
    const depth = groups.length - 1 - i;
    const scale = multiplyBy('layerDecay', decay, (share) => Math.max(integerPower(share, depth), minScale));
    return masked(scale, firstOf(group, groups.slice(0, i)));
  });
  const last = transform({ name: 'layerDecay', config: [] }); // moves as it is; its names are checked as the others'
  return named('layerDecay', config, chain(...parts, masked(last, groups.at(-1) ?? {})));
}

const isNames = (layer: LayerGroup): layer is readonly string[] => Array.isArray(layer);

const groupOf = (layer: LayerGroup): ParameterGroup =>
  typeof layer === 'string' ? { names: [layer] } : isNames(layer) ? { names: layer } : layer;

/** What a group takes and none of those before it. */
const firstOf = (group: ParameterGroup, before: readonly ParameterGroup[]): ParameterGroup =>
  before.length === 0 ? group : { ...group, noneOf: [...(group.noneOf ?? []), ...before] };
