import { mkdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch } from './launch.ts';
import { LOOKS, VISITS } from './looks.ts';
import { openView, settled, viewsOf } from './open-view.ts';
import { serveDemo } from './serve-demo.ts';

// npm run screenshots: a picture of every view in every look, in screenshots/.

const root = fileURLToPath(new URL('../../../', import.meta.url));
const folder = join(root, 'screenshots');

const demo = await serveDemo();
const browser = await launch();
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const view of await viewsOf(browser, demo.address))
    for (const { name, options } of LOOKS) {
      const { state = '', visit } = VISITS[view] ?? {};
      const { page, problems, close } = await openView(browser, demo.address, view, { ...options, state, reducedMotion: 'reduce' });
      await visit?.(page);
      await settled(page);
      const path = join(folder, `${view}-${name}.png`);
      await page.screenshot({ path, fullPage: true });
      console.log(relative(root, path));
      for (const problem of problems) console.log(`  ${problem}`);
      await close();
    }
} finally {
  await browser.close();
  await demo.close();
}
