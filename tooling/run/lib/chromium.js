import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';
import { phase, say } from './progress.js';
import { runCommand } from './run-command.js';

/** Where packages and installers put it. @type {Readonly<Record<string, readonly string[]>>} */
const usualPlaces = {
  linux: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map((name) => `/usr/bin/${name}`),
  darwin: ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`),
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((name) =>
    join(process.env[name] ?? '', 'Google/Chrome/Application/chrome.exe'),
  ),
};

const advice = 'Install Chromium or Chrome, and where it lies in an unusual place, name that in CHROME_PATH.';

/**
 * The Chromium, or Chrome, that browser tests run in: the one that `CHROME_PATH` names, else one in the usual places, else the one that
 * Playwright's installer brought.
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string | undefined}
 */
export function findChromium(env = process.env, places = usualPlaces[process.platform] ?? []) {
  const named = env['CHROME_PATH'] ?? '';
  if (named === '') return [...places, ...playwrightPlaces()].find(starts);
  if (existsSync(named)) return named;
  throw new Error(`CHROME_PATH names ${named}, and there is no such file. ${advice}`);
}

/** The same, or an error that says that there is none. */
export function needChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  throw new Error(`this machine has no Chromium, which the browser tests run in. ${advice} npm run test:browser installs one.`);
}

/** The same, after installing one where there is none: by apt on Debian as root, else by Playwright's installer. */
export async function getChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  for (const { name, isFor, install } of installers) {
    if (!isFor()) continue;
    try {
      await phase(`installing Chromium, by ${name}`, install);
    } catch (error) {
      say(error instanceof Error ? error.message : String(error));
    }
    const installed = findChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error(`this machine has no Chromium, which the browser tests run in, and none could be installed. ${advice}`);
}

const installers = [
  {
    name: 'apt-get',
    isFor: () => existsSync('/etc/debian_version') && process.getuid?.() === 0,
    install: async (/** @type {(line: string) => void} */ onLine) => {
      const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
      await runCommand('apt-get', ['update', '-qq'], { env, onLine });
      await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env, onLine });
    },
  },
  {
    name: "Playwright's installer",
    isFor: () => existsSync(playwright),
    install: async (/** @type {(line: string) => void} */ onLine) => {
      await runCommand(process.execPath, [join(playwright, 'cli.js'), 'install', '--no-shell', 'chromium'], { onLine });
    },
  },
];

const playwright = join(root, 'tooling/browser/node_modules/playwright-core');

function playwrightPlaces() {
  if (!existsSync(playwright)) return [];
  const { stdout } = spawnSync(process.execPath, ['-p', 'require(process.argv[1]).chromium.executablePath()', playwright], {
    encoding: 'utf8',
  });
  return [stdout.trim()];
}

/** Ubuntu's package is a script that only says how to get the snap. On Windows asking for the version opens a window. @param {string} file */
const starts = (file) =>
  existsSync(file) && (process.platform === 'win32' || spawnSync(file, ['--version'], { stdio: 'ignore' }).status === 0);
