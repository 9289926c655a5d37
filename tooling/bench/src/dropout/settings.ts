/** [batch, height, width, channels], as after the first convolution of a net for 28 x 28 images. */
export const SHAPE: [number, number, number, number] = [64, 28, 28, 32];

export const RATE = 0.5;
