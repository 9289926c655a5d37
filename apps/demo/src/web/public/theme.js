// Before anything is painted: the theme that was chosen last time.
try {
  const theme = localStorage.getItem('downhill-theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // storage is refused: the system's theme it is
}
