// npm run test:browser: sets up, Chromium included, then every test that needs a browser and takes its time.
import { build } from './lib/build.js';
import { checkNode } from './lib/check-node.js';
import { getChromium } from './lib/chromium.js';
import { failure } from './lib/failure.js';
import { install } from './lib/install.js';
import { pnpm } from './lib/pnpm.js';
import { say } from './lib/progress.js';
import { root } from './lib/root.js';

process.chdir(root);
try {
  checkNode();
  await install();
  process.env['CHROME_PATH'] = await getChromium();
  await build('@downhill/browser');
  await pnpm(['--filter', '@downhill/browser', 'run', 'test:browser'], { show: true });
  say('npm run test:browser: all is well');
} catch (error) {
  failure('npm run test:browser', error);
}
