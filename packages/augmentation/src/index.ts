export { compose } from './pipeline/compose.ts';
export type { Drawn, Pipeline, PipelineOptions, Which } from './pipeline/pipeline.ts';
export { affine, type AffineOptions } from './operations/affine.ts';
export { autocontrast, type AutocontrastOptions } from './operations/autocontrast.ts';
export { brightness, type BrightnessOptions } from './operations/brightness.ts';
export { contrast, type ContrastOptions } from './operations/contrast.ts';
export { crop, type CropDraw, type CropOptions } from './operations/crop.ts';
export { cutout, type CutoutDraw, type CutoutOptions } from './operations/cutout.ts';
export { elastic, type ElasticDraw, type ElasticOptions } from './operations/elastic.ts';
export { equalize, type EqualizeOptions } from './operations/equalize.ts';
export { erase, type EraseOptions } from './operations/erase.ts';
export type { FactorDraw } from './operations/factor.ts';
export { flip, type FlipOptions } from './operations/flip.ts';
export { gamma, type GammaDraw, type GammaOptions } from './operations/gamma.ts';
export { gaussianBlur, type GaussianBlurDraw, type GaussianBlurOptions } from './operations/gaussian-blur.ts';
export { gaussianNoise, type GaussianNoiseDraw, type GaussianNoiseOptions } from './operations/gaussian-noise.ts';
export { grayscale, type GrayscaleOptions } from './operations/grayscale.ts';
export { hue, type HueDraw, type HueOptions } from './operations/hue.ts';
export type { Interval } from './operations/interval.ts';
export { invert, type InvertOptions } from './operations/invert.ts';
export { lensDistortion, type LensDistortionDraw, type LensDistortionOptions } from './operations/lens-distortion.ts';
export { normalize, type NormalizeOptions } from './operations/normalize.ts';
export { pad, type PadOptions } from './operations/pad.ts';
export { pcaLighting, type PcaLightingDraw, type PcaLightingOptions } from './operations/pca-lighting.ts';
export { perspective, type PerspectiveDraw, type PerspectiveOptions } from './operations/perspective.ts';
export { posterize, type PosterizeOptions } from './operations/posterize.ts';
export { randomErasing, type RandomErasingDraw, type RandomErasingOptions } from './operations/random-erasing.ts';
export type { ResamplingOptions } from './operations/resampling.ts';
export { resizeShorter, type ResizeShorterDraw, type ResizeShorterOptions } from './operations/resize-shorter.ts';
export { resize, type ResizeOptions, type ResizeSampling } from './operations/resize.ts';
export { resizedCrop, type ResizedCropDraw, type ResizedCropOptions } from './operations/resized-crop.ts';
export { rotate, type RotateDraw, type RotateOptions } from './operations/rotate.ts';
export { saturation, type SaturationOptions } from './operations/saturation.ts';
export { sharpness, type SharpnessOptions } from './operations/sharpness.ts';
export type { Size } from './operations/size.ts';
export { solarize, type SolarizeOptions } from './operations/solarize.ts';
export { translate, type TranslateDraw, type TranslateOptions } from './operations/translate.ts';
export { zoom, type ZoomDraw, type ZoomOptions } from './operations/zoom.ts';
export { augMix, type AugMixDraw, type AugMixOptions } from './policies/aug-mix.ts';
export { autoAugment, subPolicyDraws, type AutoAugmentOptions } from './policies/auto-augment.ts';
export { autoAugmentPolicies, type PolicyStep, type SubPolicy } from './policies/learned.ts';
export type { PolicyDraw } from './policies/policy-operation.ts';
export { randAugment, type RandAugmentOptions } from './policies/rand-augment.ts';
export {
  augMixSpace,
  autoAugmentSpace,
  magnitudeOf,
  randAugmentSpace,
  trivialAugmentWideSpace,
  type Magnitudes,
  type OperationName,
  type Space,
} from './policies/space.ts';
export { trivialAugmentWide, type TrivialAugmentWideOptions } from './policies/trivial-augment-wide.ts';
export type { WhichBatch } from './mixing/batch-draws.ts';
export { cutmix, type Cutmix, type CutmixDraw } from './mixing/cutmix.ts';
export { cutmixBox, type CutmixBox } from './mixing/cutmix-box.ts';
export type { LabelledImages, MixedImages, MixingOptions } from './mixing/mixing.ts';
export { mixup, type Mixup, type MixupDraw } from './mixing/mixup.ts';
export type { BoxFormat, FourNumbers } from './labels/box-format.ts';
export type { BoxOptions, FollowedBox } from './labels/boxes.ts';
export type { Keypoint, KeypointOptions, Visibility } from './labels/keypoints.ts';
export type { Augmented, LabelledBatch } from './labels/labelled-batch.ts';
export type { MaskOptions } from './labels/masks.ts';
export { fiveCrop, tenCrop, type TenCropOptions, type View } from './views/crops.ts';
export { predictViewMasks, type PredictViewMasksOptions } from './views/predict-view-masks.ts';
export { multiScale, predictViews, type MultiScaleOptions } from './views/predict-views.ts';
export { augmentedBatches, type ImageBatch, type ImageBatches } from './batches/augmented-batches.ts';
export { mapImages, type MapImagesOptions } from './batches/map-images.ts';
export { mixedBatches, type MixableBatch, type MixedBatchesOptions, type Mixing } from './batches/mixed-batches.ts';
export type { AffineDraw } from './geometry/affine-matrix.ts';
export type { Box } from './geometry/crop-geometry.ts';
export type { Point } from './geometry/matrix.ts';
export type { Quadrilateral } from './geometry/quadrilateral-matrix.ts';
export type { AugmentationFactories } from './plugin-factories.ts';
