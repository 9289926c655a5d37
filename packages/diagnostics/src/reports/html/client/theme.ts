import { byId } from './elements.ts';

const THEMES = ['system', 'light', 'dark'] as const;

/** Lets the button go through the themes, and tells when colours have changed. */
export function themeSwitch(changed: () => void): void {
  const button = byId('theme');
  let chosen = 0;
  button?.addEventListener('click', () => {
    chosen = (chosen + 1) % THEMES.length;
    const theme = THEMES[chosen] ?? 'system';
    button.textContent = `Theme: ${theme}`;
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    changed();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}
