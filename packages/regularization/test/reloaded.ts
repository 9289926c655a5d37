import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel, type LayersModel } from '@tensorflow/tfjs-layers';

/** A model saved as `model.json` has it, and loaded again. */
export async function reloaded(model: LayersModel): Promise<LayersModel> {
  let kept: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      kept = JSON.parse(JSON.stringify(artifacts)) as io.ModelArtifacts; // as text, as a file would hold it
      kept.weightData = artifacts.weightData!;
      return { modelArtifactsInfo: io.getModelArtifactsInfoForJSON(artifacts) };
    }),
  );
  return loadLayersModel(io.fromMemory(kept!));
}
