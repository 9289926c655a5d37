import { exp } from './exp.ts';
import { log } from './log.ts';

/** ½ ln π */
const HALF_LOG_PI = 0.5723649429247001;
/** erf(1) to eight digits, a float32: what is left of it is in the fractions below. */
const ERF_1 = 0.8450629115104675;

// The coefficients are those of fdlibm's `erf` (Sun Microsystems), from the constant term on.
const SMALL = [
  [0.12837916709551256, -0.3250421072470015, -0.02848174957559851, -0.005770270296489442, -2.3763016656650163e-5],
  [1, 0.39791722395915535, 0.0650222499887673, 0.005081306281875766, 0.00013249473800432164, -3.960228278775368e-6],
] as const;
const NEAR_1 = [
  [
    -0.0023621185607526594, 0.41485611868374833, -0.3722078760357013, 0.31834661990116175, -0.11089469428239668, 0.035478304325618236,
    -0.002166375594868791,
  ],
  [1, 0.10642088040084423, 0.540397917702171, 0.07182865441419627, 0.12617121980876164, 0.01363708391202905, 0.011984499846799107],
] as const;
const MIDDLE = [
  [
    -0.009864944034847148, -0.6938585727071818, -10.558626225323291, -62.375332450326006, -162.39666946257347, -184.60509290671104,
    -81.2874355063066, -9.814329344169145,
  ],
  [
    1, 19.651271667439257, 137.65775414351904, 434.56587747522923, 645.3872717332679, 429.00814002756783, 108.63500554177944,
    6.570249770319282, -0.0604244152148581,
  ],
] as const;
const LARGE = [
  [
    -0.0098649429247001, -0.799283237680523, -17.757954917754752, -160.63638485582192, -637.5664433683896, -1025.0951316110772,
    -483.5191916086514,
  ],
  [
    1, 30.33806074348246, 325.7925129965739, 1536.729586084437, 3199.8582195085955, 2553.0504064331644, 474.52854120695537,
    -22.44095244658582,
  ],
] as const;

type Fraction = readonly [numerator: readonly number[], denominator: readonly number[]];

function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] ?? 0);
  return sum;
}

const fraction = (x: number, [numerator, denominator]: Fraction): number => polynomial(x, numerator) / polynomial(x, denominator);

/**
 * The error function 2/√π ∫₀ˣ e^(−t²) dt in float64, the same bits on every engine. Within 1 ulp of the true value.
 *
 * Quotients of polynomials, one pair for each of four ranges, as in fdlibm's `erf`.
 */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size < 6)) return size >= 6 ? Math.sign(x) : NaN;
  if (size < 0.84375) return x + x * fraction(x * x, SMALL);
  return Math.sign(x) * (size < 1.25 ? ERF_1 + fraction(size - 1, NEAR_1) : 1 - tail(size));
}

/**
 * ln(1 − erf(x)) in float64, the same bits on every engine: finite where 1 − erf(x) itself is too small for float64. Within 2 ulps of
 * the true value, or 2⁻⁵² where that is less than 1 in size.
 *
 * With f from a table: erfc(x) = e^(−x² − 9/16 + f(1/x²)) / x; from 28 on, where that table ends, by the series
 * e^(−x²) / (x √π) · (1 − 1/(2x²) + 3/(2x²)² − 15/(2x²)³ ...) (Abramowitz & Stegun 1964, 7.1.23).
 */
export function logErfc(x: number): number {
  if (!(x >= 1.25)) return log(x < 0.84375 ? 1 - erf(x) : 1 - ERF_1 - fraction(x - 1, NEAR_1));
  return exponent(x) - x * x - log(x);
}

/** 1 − erf(x) from 1.25 on. The square is taken of the first bits of x, where it is exact. */
function tail(x: number): number {
  const z = Math.fround(x);
  return (exp(-z * z) * exp((z - x) * (z + x) + exponent(x))) / x;
}

/** ln(x e^(x²) erfc(x)) from 1.25 on. */
function exponent(x: number): number {
  const s = 1 / (x * x);
  if (x < 28) return fraction(s, x < 1 / 0.35 ? MIDDLE : LARGE) - 0.5625;
  return log(polynomial(s, [1, -0.5, 0.75, -1.875, 6.5625, -29.53125])) - HALF_LOG_PI;
}
