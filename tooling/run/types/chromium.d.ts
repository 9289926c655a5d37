/** The file of the Chromium, or Chrome, that browser tests run in; an error says that there is none. */
export function needChromium(): string;
