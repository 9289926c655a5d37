// npm run test:redis: sets up, then the tests that start a Redis of their own and kill workers.
import { checkNode } from './lib/check-node.js';
import { failure } from './lib/failure.js';
import { install } from './lib/install.js';
import { pnpm } from './lib/pnpm.js';
import { say } from './lib/progress.js';
import { getRedis, hasRedis } from './lib/redis.js';
import { root } from './lib/root.js';

process.chdir(root);
try {
  checkNode();
  if (!hasRedis()) throw new Error(`this machine has no redis-server. ${getRedis}`);
  await install();
  await pnpm(['--filter', '@downhill/tuning', 'run', 'test', '.redis.test'], { show: true }); // the package's script makes what its pages need
  say('npm run test:redis: all is well');
} catch (error) {
  failure('npm run test:redis', error);
}
