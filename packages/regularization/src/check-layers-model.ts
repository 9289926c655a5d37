import { DownhillError, show } from '@downhill/core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** @throws DownhillError `invalid-argument` for what is no model of tfjs-layers. */
export function checkLayersModel(source: string, model: unknown): asserts model is LayersModel {
  if (Array.isArray((model as Partial<LayersModel> | undefined)?.layers)) return;
  throw new DownhillError({ code: 'invalid-argument', source, problem: `\`model\` must be a LayersModel, got ${show(model)}` });
}
