// npm test: sets up, then every check of the project; all of them run, so that one report names all that is wrong.
import { checkNode } from './lib/check-node.js';
import { getChromium } from './lib/chromium.js';
import { failure } from './lib/failure.js';
import { install } from './lib/install.js';
import { pnpm } from './lib/pnpm.js';
import { getRedis, hasRedis } from './lib/redis.js';
import { phase, say, since } from './lib/progress.js';
import { root } from './lib/root.js';
import { clearReports, testCounts } from './lib/test-counts.js';

const turbo = /** @param {string} task @param {string[]} options */ (task, ...options) => [
  'exec',
  'turbo',
  'run',
  task,
  '--output-logs=new-only',
  ...options,
];

const checks = [
  { name: 'format', args: ['exec', 'oxfmt', '--check'] },
  { name: 'lint', args: ['exec', 'oxlint'] },
  { name: 'unused code', args: ['exec', 'knip'] },
  { name: 'types', args: turbo('typecheck', '--continue') },
  { name: 'unit and type tests', args: turbo('test', '--continue') },
  { name: 'package contents', args: turbo('check:package', '--continue') },
  { name: 'packed packages in an empty project', args: turbo('check:packed') },
  { name: 'size', args: ['exec', 'size-limit'] },
];

const start = performance.now();
process.chdir(root);
process.env.DOWNHILL_REDIS = hasRedis() ? 'here' : 'missing'; // tests that were skipped without it are no result with it
try {
  checkNode();
  clearReports();
  await install();
  await phase('build', () => pnpm(turbo('build'), { show: true }));
} catch (error) {
  failure('npm test', error);
}

const results = [];
const before = performance.now();
try {
  process.env['CHROME_PATH'] = await getChromium();
} catch (error) {
  results.push({ name: 'Chromium, which some tests run in', error, time: since(before) });
}
for (const { name, args } of checks) {
  const began = performance.now();
  const error = await phase(name, () => pnpm(args, { show: true })).then(
    () => undefined,
    (reason) => reason,
  );
  results.push({ name, error, time: since(began) });
}

const { passed, failed, skipped } = testCounts();
say('');
for (const { name, error, time } of results)
  say(`${error ? 'FAILED' : 'ok    '}  ${time.padStart(8)}  ${name}${error ? `: ${error.message}` : ''}`);
say(`tests: ${passed} passed, ${failed} failed, ${skipped} skipped; all of it took ${since(start)}`);
if (!hasRedis()) say(`the tests that start a Redis did not run: this machine has no redis-server. ${getRedis}`);
const bad = results.filter(({ error }) => error);
if (bad.length > 0) failure('npm test', new Error(bad.map(({ name, error }) => `${name} (${error.message})`).join('; ')));
if (passed === 0) failure('npm test', new Error('no test ran'));
say('npm test: all is well');
