import { DownhillError } from '@downhill/core';
import { serialization } from '@tensorflow/tfjs-core';

/**
 * The config of a layer around another one, with that one made out of its saved form.
 *
 * @throws DownhillError `unknown-name` where its class is not registered.
 */
export function withInnerLayer(source: string, config: serialization.ConfigDict): serialization.ConfigDict {
  const { className, config: inner } = config.layer as { className: string; config: serialization.ConfigDict };
  const known = serialization.SerializationMap.getMap().classNameMap[className];
  if (known === undefined)
    throw new DownhillError({
      code: 'unknown-name',
      source,
      problem: `no layer is registered as '${className}'`,
      advice: 'Import @tensorflow/tfjs-layers, or register its class with tf.serialization.registerClass before loading.',
    });
  const [made, fromConfig] = known;
  return { ...config, layer: fromConfig(made, inner) as unknown as serialization.ConfigDictValue };
}
