import * as tf from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

/** The model as it comes back from its `model.json` and weights, which are taken through text and bytes. */
export async function savedAndLoaded(model: LayersModel, includeOptimizer = false): Promise<LayersModel> {
  let artifacts: tf.io.ModelArtifacts = {};
  const keep = tf.io.withSaveHandler((given) => {
    artifacts = given;
    return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
  });
  await model.save(keep, { includeOptimizer });
  const { weightData, ...json } = artifacts;
  const read = JSON.parse(JSON.stringify(json)) as tf.io.ModelArtifacts;
  return loadLayersModel(tf.io.fromMemory({ ...read, ...(weightData === undefined ? {} : { weightData }) }));
}
