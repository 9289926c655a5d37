import { isDark } from '@downhill/core/page';
import { signal, type ReadonlySignal } from '@preact/signals';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'downhill-theme'; // public/theme.js reads it too, before anything is painted

const chosen = signal<Theme>('system');
const darkness = signal(false);

export const theme: ReadonlySignal<Theme> = chosen;
/** Whether the page is dark at the moment; canvases draw anew when it changes. */
export const dark: ReadonlySignal<boolean> = darkness;

const look = (): void => {
  darkness.value = isDark();
};

/** Takes up the theme that the page was opened with, and follows the system's. */
export function followTheme(): void {
  const set = document.documentElement.dataset['theme'];
  chosen.value = THEMES.find((name) => name === set) ?? 'system';
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', look);
  look();
}

export function chooseTheme(name: Theme): void {
  chosen.value = name;
  if (name === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = name;
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // storage is refused: the choice holds until the page is left
  }
  look();
}
