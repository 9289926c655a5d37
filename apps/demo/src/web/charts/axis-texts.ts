import { numberText } from '@downhill/core/page';

const USUAL = 3;
const MOST = 8;

/** The numbers along an axis, with as many digits as tell neighbours apart. */
export function axisTexts(ticks: readonly (number | null)[]): string[] {
  for (let digits = USUAL; ; digits += 1) {
    const texts = ticks.map((tick) => (tick === null ? '' : numberText(tick, digits)));
    if (digits === MOST || !texts.some((text, i) => text !== '' && text === texts[i - 1])) return texts;
  }
}
