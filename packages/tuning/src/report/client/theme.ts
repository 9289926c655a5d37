const THEMES = ['system', 'light', 'dark'] as const;
const systemDark = matchMedia('(prefers-color-scheme: dark)');

/** Whether the page is dark at the moment. */
export const isDark = (): boolean => {
  const chosen = document.documentElement.dataset['theme'];
  return chosen === undefined ? systemDark.matches : chosen === 'dark';
};

/** Lets the button go through the themes; paper is light. */
export function themeSwitch(changed: () => void): void {
  const button = document.getElementById('theme');
  let chosen = 0;
  const use = (theme: string | undefined): void => {
    if (theme === undefined || theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
    changed();
  };
  button?.addEventListener('click', () => {
    chosen = (chosen + 1) % THEMES.length;
    button.textContent = `Theme: ${THEMES[chosen]}`;
    use(THEMES[chosen]);
  });
  systemDark.addEventListener('change', changed);
  addEventListener('beforeprint', () => use('light'));
  addEventListener('afterprint', () => use(THEMES[chosen]));
}
