/** Eight colours that differ also for who sees red and green alike, legible on white and on near black. */
const COLOURS: readonly string[] = ['#3b82d6', '#e08214', '#2a9d6f', '#c2488f', '#8367c7', '#a88a1c', '#1b9fb5', '#d9534f'];

/** The colour of the line with this index; the ninth looks like the first. */
export const colourOf = (index: number): string => COLOURS[index % COLOURS.length] ?? '#888888';
