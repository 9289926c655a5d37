export { testAugmentation, type TestAugmentationOptions } from './test-augmentation.ts';
export { testLayer, type LayerLimits, type TestLayerOptions } from './test-layer.ts';
export { testPruner, type TestPrunerOptions } from './test-pruner.ts';
export { testSampler, type TestSamplerOptions } from './test-sampler.ts';
export { testSchedule, type TestScheduleOptions } from './test-schedule.ts';
export { testTransform, type TestTransformOptions } from './test-transform.ts';
