export { activityPenalty, type ActivityPenaltyOptions } from './activity-penalty.ts';
export { elasticNet, type ElasticNetOptions } from './elastic-net.ts';
export { groupLasso, type GroupLassoOptions } from './group-lasso.ts';
export { l1 } from './l1.ts';
export { l2 } from './l2.ts';
export { orthogonality, type OrthogonalityOptions } from './orthogonality.ts';
export type { Penalty } from './penalty.ts';
export { penaltyOf } from './penalty-of.ts';
export { totalPenalty } from './total-penalty.ts';
