// Portable mathematics in float64: from `+ - * / sqrt` and bit access alone, so that every engine and machine gives the
// same bits. ECMAScript lets engines round `Math.exp` and its like as they please, and they do.
export { erf, logErfc } from './math/erf.ts';
export { exp } from './math/exp.ts';
export { integerPower } from './math/integer-power.ts';
export { log } from './math/log.ts';
export { pow } from './math/pow.ts';
export { tanh } from './math/tanh.ts';
export { cos, sin } from './math/trigonometry.ts';
