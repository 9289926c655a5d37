/** Eight colours that differ also for who sees red and green alike, legible on white and on near black. */
const COLOURS: readonly string[] = ['#3b82d6', '#e08214', '#2a9d6f', '#c2488f', '#8367c7', '#a88a1c', '#1b9fb5', '#d9534f'];

const GOLDEN_ANGLE = 137.508; // degrees: no two of its multiples come close soon

/** The colour of the line with this index: one of the eight, then hues as far from one another as they can be. */
export const colourOf = (index: number): string => COLOURS[index] ?? `hsl(${Math.round(index * GOLDEN_ANGLE) % 360} 55% 50%)`;
