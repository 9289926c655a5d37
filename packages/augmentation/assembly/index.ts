export { applyColour } from './colour';
export { stretchAroundMean } from './contrast';
export { turnHue } from './hue';
export { resample } from './resample';
