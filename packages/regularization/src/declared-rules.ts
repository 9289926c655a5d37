import { chain, DownhillError, show, type Mask, type Transform } from '@downhill/core';
import { flatLayers } from '@downhill/tfjs/layers';
import type { serialization } from '@tensorflow/tfjs-core';
import type { layers, LayersModel, LayerVariable } from '@tensorflow/tfjs-layers';
import { checkLayersModel } from './check-layers-model.ts';

type Layer = layers.Layer;

/** A regularizer or a constraint of a layer. */
export type Declared = serialization.Serializable;

/** Builds the part of a chain that does what a class of tfjs-layers says, from its config. */
export type Translation = (config: Readonly<Record<string, unknown>>, mask: Mask) => Transform;

export interface DeclaredRules {
  readonly source: string;
  /** By class name. */
  readonly translations: Readonly<Record<string, Translation>>;
  declared(layer: Layer, weight: LayerVariable): Declared | undefined;
}

/**
 * A chain of what a model's layers declare for their weights, each confined to the weights concerned by their names; rules
 * that are the same are one part.
 *
 * @throws DownhillError `invalid-argument` for what is no built model, `unsupported` for a class that has no translation.
 */
export function declaredRules(model: LayersModel, { source, translations, declared }: DeclaredRules): Transform {
  const found = weightsOf(source, model).flatMap(({ layer, weight, pattern }) => {
    const rule = declared(layer, weight);
    return rule === undefined ? [] : [{ className: rule.getClassName(), config: rule.getConfig(), pattern }];
  });
  const groups = new Map<string, { readonly className: string; readonly config: serialization.ConfigDict; readonly names: string[] }>();
  for (const { className, config, pattern } of found) {
    const key = JSON.stringify([className, config]);
    const group = groups.get(key) ?? { className, config, names: [] };
    group.names.push(pattern);
    groups.set(key, group);
  }
  return chain(
    ...[...groups.values()].map(({ className, config, names }) => {
      const translate = translations[className];
      if (translate !== undefined) return translate(config, { names });
      throw new DownhillError({
        code: 'unsupported',
        source,
        problem: `${names.join(', ')} has a ${className}, which is none of ${Object.keys(translations).join(', ')}`,
        advice: `Add a rule of your own to the chain, confined by { names: ${show(names)} }.`,
      });
    }),
  );
}

/** The name without the number that tfjs-layers appends to one that was used before in the process. */
const withoutNumber = (name: string): string => name.replace(/_\d+$/, '');

/** All weights with a pattern for a mask, which holds for the model when it is loaded again wherever that is unambiguous. */
function weightsOf(
  source: string,
  model: LayersModel,
): readonly { readonly layer: Layer; readonly weight: LayerVariable; readonly pattern: string }[] {
  checkLayersModel(source, model);
  const all = flatLayers(model);
  const unbuilt = all.find(({ built }) => !built);
  if (unbuilt !== undefined)
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `the layer ${unbuilt.name} has no weights yet`,
      advice: 'Give the first layer an inputShape, or call model.build first.',
    });
  const weights = all.flatMap((layer) => layer.weights.map((weight) => ({ layer, weight })));
  const plain = weights.map(({ weight }) => withoutNumber(weight.name));
  return weights.map(({ layer, weight }, i) => {
    const name = plain[i] ?? weight.name;
    return { layer, weight, pattern: plain.indexOf(name) === plain.lastIndexOf(name) ? name : weight.name };
  });
}
