import { DownhillError, nearest, plainMessage } from '@downhill/core';
import { serialization } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import type { PluginOptions } from './check-plugin.ts';

/** A layer that the network gets beside its own, before the last one. */
export interface ExtraLayerConfig {
  /** The name of a class that tfjs knows. @defaultValue none */
  readonly layer?: string;
  /** What its config says. */
  readonly layerOptions?: PluginOptions;
}

type LayerClass = serialization.SerializableConstructor<layers.Layer>;

const known = (): Readonly<Record<string, readonly unknown[]>> => serialization.SerializationMap.getMap().classNameMap;

/** The class of a layer; `undefined` where tfjs knows none of that name. */
function layerClass(name: string): LayerClass | undefined {
  const [made] = Object.hasOwn(known(), name) ? (known()[name] ?? []) : [];
  return typeof made === 'function' && made.prototype instanceof layers.Layer ? (made as LayerClass) : undefined;
}

/** The layer of a config, anew at each call. */
export function extraLayer({ layer, layerOptions = {} }: ExtraLayerConfig): layers.Layer | undefined {
  const made = layer === undefined ? undefined : layerClass(layer);
  return made && new made({ name: 'extra', ...layerOptions });
}

/** @throws DownhillError `unknown-name` with the nearest name that is known, `invalid-argument` for options that the layer refuses. */
export function checkExtraLayer(source: string, config: ExtraLayerConfig, label: (key: keyof ExtraLayerConfig) => string): void {
  const { layer } = config;
  if (layer === undefined) return;
  if (layerClass(layer) === undefined) {
    const near = nearest(
      layer,
      Object.keys(known()).filter((name) => layerClass(name) !== undefined),
    );
    throw new DownhillError({
      code: 'unknown-name',
      source,
      problem: `\`${label('layer')}\` must be the class of a layer that tfjs or a plugin has, got '${layer}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    });
  }
  try {
    extraLayer(config);
  } catch (cause) {
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`${label('layerOptions')}\` is not what ${layer} takes`,
      advice: plainMessage(cause),
      cause,
    });
  }
}
