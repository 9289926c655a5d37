import { escaped } from './escaped.ts';

/** What a page holds, as HTML but for the title. */
export interface Page {
  readonly title: string;
  /** What it may load beyond its own styles and pictures: nothing, or its script by hash. */
  readonly scriptPolicy?: string;
  readonly style: string;
  /** Beside the title in the header. */
  readonly tools?: string;
  readonly main: string;
  /** Behind the content. */
  readonly scripts?: string;
}

/** A whole page that loads nothing from anywhere. */
export const page = ({ title, scriptPolicy = '', style, tools = '', main, scripts = '' }: Page): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; ${scriptPolicy}style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Downhill">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${escaped(title)}</h1>${tools}</header>
<main>
${main}
</main>
${scripts}</body>
</html>
`;
