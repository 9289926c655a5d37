export { flatLayers } from './flat-layers.ts';
export { layerGroups } from './layer-groups.ts';
export { declaredFor, type Declaration } from './layer-weights.ts';
export { placeOf, seedModel } from './seed-model.ts';
export { registerLayers, seededInitializer, type SeededInitializer, type SeededInitializerOptions } from './seeded-initializer.ts';
export { reestimateBatchNorm, type InputBatch, type InputBatches, type ReestimateOptions } from './reestimate-batch-norm.ts';
