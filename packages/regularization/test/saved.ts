import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

/** The model as it comes back from its `model.json` and weights. */
export async function savedAndLoaded(
  model: LayersModel,
  { includeOptimizer = false }: { includeOptimizer?: boolean } = {},
): Promise<LayersModel> {
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler((given) => {
      artifacts = given;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } });
    }),
    { includeOptimizer },
  );
  // Through text, as a file would take it.
  const text = JSON.stringify(artifacts, (key, value: unknown) => (key === 'weightData' ? undefined : value));
  const whole = { ...(JSON.parse(text) as io.ModelArtifacts), weightData: artifacts!.weightData! };
  return loadLayersModel(io.fromMemory(whole));
}
