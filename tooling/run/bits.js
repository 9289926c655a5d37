// npm run bits: trains the main job in each engine that is here and compares the weights, bit for bit.
import { getChromium } from './lib/chromium.js';
import { runProgram } from './lib/run-program.js';

await runProgram({
  command: 'npm run bits',
  name: '@downhill/browser',
  main: 'tooling/browser/dist/bits/main.js',
  before: async () => {
    process.env['CHROME_PATH'] = await getChromium();
  },
});
