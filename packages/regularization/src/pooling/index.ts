export { fractionalMaxPool, type FractionalMaxPoolOptions, type FractionalPooling, type RegionKind } from './fractional-max-pool.ts';
export { maxOverRegions, maxOverRegionsWithIndices, type PlaneRegions, type PoolingRegions } from './max-over-regions.ts';
export { pseudorandomBoundaries, randomBoundaries, regionsBetween, sampledRegions, type PooledAxis, type Region } from './regions.ts';
