export { spectralNormalization, type SpectralNormalizationOptions, type SpectrallyNormalized } from './spectral-normalization.ts';
export { weightStandardization, type WeightStandardizationOptions } from './weight-standardization.ts';
export { movingStatistics, type ChannelStatistics, type MovingStatisticsOptions } from './moving-statistics.ts';
export { normalizeBatch, type NormalizeBatchOptions, type NormalizedBatch } from './normalize-batch.ts';
