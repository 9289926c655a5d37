export { objectiveOnRedis, type ObjectiveOnRedis, type ObjectiveOnRedisOptions } from './redis/objective-on-redis.ts';
export { workOnRedis, type WorkOnRedisOptions } from './redis/work-on-redis.ts';
export type { WorkerEvent } from './redis/worker-event.ts';
