// Text for pages and pictures that are read without a network: one frame for all reports.
export { colourOf } from './page/colour-of.ts';
export { escaped } from './page/escaped.ts';
export { FRAME } from './page/frame.ts';
export { numberText } from './page/number-text.ts';
export { page, type Page, type PageScript } from './page/page.ts';
export { isDark, themeSwitch } from './page/theme-switch.ts';
