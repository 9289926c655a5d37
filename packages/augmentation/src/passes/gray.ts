/** The share of red, green and blue in a pixel's brightness: ITU-R BT.601 as PIL and torchvision round it. */
export const GRAY: readonly [number, number, number] = [0.2989, 0.587, 0.114];
