import { escaped } from './escaped.ts';
import { FRAME } from './frame.ts';

/** What a page holds, as HTML but for the title. */
export interface Page {
  readonly title: string;
  /** Beside that of the frame: palette, body and header. */
  readonly style: string;
  readonly main: string;
  /** @defaultValue none: the page is for reading alone */
  readonly script?: PageScript;
}

/** A script in the page. It finds its data in `#data`, and a button `#theme` for `themeSwitch`. */
export interface PageScript {
  readonly code: string;
  /** As a content-security policy names it: `sha256-...`. */
  readonly hash: string;
  /** Plain JSON. */
  readonly data: unknown;
}

/** A whole page that loads nothing from anywhere; its content-security policy forbids it, and any script but its own. */
export const page = ({ title, style, main, script }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${script === undefined ? '' : `script-src '${script.hash}'; `}style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Downhill">
<title>${escaped(title)}</title>
<style>${FRAME}${style}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1>${script === undefined ? '' : THEME_BUTTON}</header>
<main>
${main}
</main>
${script === undefined ? '' : scriptTags(script)}</body>
</html>
`;

const THEME_BUTTON = '<button type="button" id="theme" title="Light, dark, or as the system has it">Theme: system</button>';

const scriptTags = ({ code, data }: PageScript): string =>
  `<script type="application/json" id="data">${JSON.stringify(data).replaceAll('<', String.raw`\u003c`)}</script>\n<script>${code}</script>\n`;
