import { spawnSync } from 'node:child_process';

/** Whether there is a redis-server, which the tests of parallel studies start. */
export const hasRedis = () => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

/** How to get one. */
export const getRedis =
  'Get it with apt-get install redis-server (Debian, Ubuntu) or brew install redis (macOS), then run npm run test:redis.';
