import { byId } from './elements.ts';

const THEMES = ['system', 'light', 'dark'] as const;

/** Lets the button go through the themes, and tells when colours have changed. */
export function themeSwitch(changed: () => void): void {
  const button = byId('theme');
  let chosen = 0;
  const show = (theme: (typeof THEMES)[number]): void => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    changed();
  };
  button?.addEventListener('click', () => {
    chosen = (chosen + 1) % THEMES.length;
    const theme = THEMES[chosen] ?? 'system';
    button.textContent = `Theme: ${theme}`;
    show(theme);
  });
  addEventListener('beforeprint', () => show('light'));
  addEventListener('afterprint', () => show(THEMES[chosen] ?? 'system'));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
}
