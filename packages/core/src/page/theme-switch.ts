const THEMES = ['system', 'light', 'dark'] as const;

const systemDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

/** In a browser: whether the page is dark at the moment. */
export const isDark = (): boolean => {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === undefined ? systemDark().matches : chosen === 'dark';
};

/** In a browser: lets the button `#theme` of a page go through the themes, and tells when colours have changed. Paper is light. */
export function themeSwitch(changed: () => void): void {
  const button = document.getElementById('theme');
  let chosen: (typeof THEMES)[number] = 'system';
  const show = (theme: typeof chosen): void => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    changed();
  };
  button?.addEventListener('click', () => {
    chosen = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length] ?? 'system';
    button.textContent = `Theme: ${chosen}`;
    show(chosen);
  });
  systemDark().addEventListener('change', changed);
  addEventListener('beforeprint', () => show('light'));
  addEventListener('afterprint', () => show(chosen));
}
