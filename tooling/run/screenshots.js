// npm run screenshots: a picture of every view of the demo, light and dark, wide and narrow, in screenshots/.
import { getChromium } from './lib/chromium.js';
import { runProgram } from './lib/run-program.js';

await runProgram({
  command: 'npm run screenshots',
  name: '@downhill/browser',
  main: 'tooling/browser/dist/screenshots.js',
  before: async () => {
    process.env['CHROME_PATH'] = await getChromium();
  },
});
