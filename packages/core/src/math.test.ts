import { assert, double, integer, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cos, exp, integerPower, log, pow, sin, tanh } from './math.ts';

// The reference: fixed-point numbers with f fractional bits in BigInt. A value is m · 2^e, exactly or to 250 bits or more.
interface Big {
  readonly m: bigint;
  readonly e: number;
}

const view = new DataView(new ArrayBuffer(8));
const shift = (m: bigint, by: number): bigint => (by >= 0 ? m << BigInt(by) : m >> BigInt(-by));
const size = (m: bigint): bigint => (m < 0n ? -m : m);
const bitLength = (m: bigint): number =>
  size(m).toString(16).length * 4 - Math.clz32(Number.parseInt(size(m).toString(16).slice(0, 1), 16)) + 28;

function bits(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}

function fromBits(word: bigint): number {
  view.setBigUint64(0, word);
  return view.getFloat64(0);
}

const hex = (x: number): string => bits(x).toString(16).padStart(16, '0');

function exact(x: number): Big {
  const word = bits(x);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = (word & 0xfffffffffffffn) | (exponent === 0 ? 0n : 1n << 52n);
  return { m: x < 0 ? -fraction : fraction, e: Math.max(exponent, 1) - 1075 };
}

const fixed = ({ m, e }: Big, f: number): bigint => shift(m, e + f);

function memo(compute: (f: number) => bigint): (f: number) => bigint {
  const known = new Map<number, bigint>();
  return (f) => known.get(f) ?? (known.set(f, compute(f)), known.get(f)!);
}

/** Σ (±1)ⁿ x^(2n+1) / (2n+1) */
function areaSeries(x: bigint, f: number, sign: 1n | -1n): bigint {
  const square = (x * x) >> BigInt(f);
  let [total, power] = [0n, x];
  for (let n = 1n; power !== 0n && power !== -1n; n += 2n) {
    total += power / n;
    power = (sign * power * square) >> BigInt(f);
  }
  return total;
}

const ln2 = memo((f) => 2n * areaSeries((1n << BigInt(f)) / 3n, f, 1n));
const pi = memo((f) => 16n * areaSeries((1n << BigInt(f)) / 5n, f, -1n) - 4n * areaSeries((1n << BigInt(f)) / 239n, f, -1n));

/** The sum of a series from `first` on: term n is the one before times x / divisor(n). */
function taylor(x: bigint, f: number, first: bigint, divisor: (n: bigint) => bigint): bigint {
  let [total, term] = [0n, first];
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    total += term;
    term = ((term * x) >> BigInt(f)) / divisor(n);
  }
  return total;
}

function bigExp(x: bigint, f: number): Big {
  const k = (2n * x + ln2(f)) / (2n * ln2(f)) - (2n * x + ln2(f) < 0n ? 1n : 0n);
  return { m: taylor(x - k * ln2(f), f, 1n << BigInt(f), (n) => n), e: Number(k) - f };
}

function bigLog(x: Big, f: number): bigint {
  const k = bitLength(x.m) - 1;
  const [m, one] = [shift(x.m, f - k), 1n << BigInt(f)];
  return 2n * areaSeries(((m - one) << BigInt(f)) / (m + one), f, 1n) + BigInt(x.e + k) * ln2(f);
}

/** sin(x + quarters · π/2) */
function bigSine(x: Big, f: number, quarters: bigint): Big {
  const v = fixed(x, f) + (quarters * pi(f)) / 2n;
  const n = (2n * v) / pi(f);
  const r = v - (n * pi(f)) / 2n;
  const minusSquare = -((r * r) >> BigInt(f));
  const odd = taylor(minusSquare, f, r, (i) => 2n * i * (2n * i + 1n));
  const even = taylor(minusSquare, f, 1n << BigInt(f), (i) => (2n * i - 1n) * 2n * i);
  const value = (n & 1n) === 1n ? even : odd;
  return { m: (n & 2n) === 2n ? -value : value, e: -f };
}

/** Enough fractional bits for a relative precision of 200 bits of numbers that are not much smaller than x. */
const fraction = (x: number): number => 400 + Math.max(0, -Math.floor(exact(x).e));

function bigTanh(x: number): Big {
  const f = fraction(x);
  const { m, e } = bigExp(2n * fixed(exact(x), f), f);
  const [power, one] = [shift(m, e + f), 1n << BigInt(f)];
  return { m: ((power - one) << BigInt(f)) / (power + one), e: -f };
}

const reference = {
  exp: (x: number): Big => bigExp(fixed(exact(x), 400), 400),
  log: (x: number): Big => ({ m: bigLog(exact(x), 400), e: -400 }),
  pow: (x: number, y: number): Big => bigExp(shift(exact(y).m * bigLog(exact(x), 600), exact(y).e), 600),
  sin: (x: number): Big => bigSine(exact(x), fraction(x), 0n),
  cos: (x: number): Big => bigSine(exact(x), fraction(x), 1n),
  tanh: bigTanh,
};

/** |got − truth| in units of the last place of the true value. */
function ulps(got: number, truth: Big): number {
  const last = Math.max(bitLength(truth.m) - 1 + truth.e, -1022) - 52;
  const g = exact(got);
  const f = 40 - last;
  return Number(size(shift(g.m, g.e + f) - shift(truth.m, truth.e + f))) / 2 ** 40;
}

/** The same "random" arguments in every run. */
function sequence(count: number, map: (u: number, i: number) => number): number[] {
  return Array.from({ length: count }, (_, i) => map((i * 0.6180339887498949 + 0.1234567) % 1, i));
}

const between = (low: number, high: number) => (u: number) => low + u * (high - low);
/** Even over the representable numbers from `low` to `high`, both positive. */
const overBits = (low: number, high: number) => (u: number) =>
  fromBits(bits(low) + (BigInt(Math.floor(u * 2 ** 53)) * ((bits(high) - bits(low)) >> 20n)) / 2n ** 33n);

function worst(f: (x: number) => number, truth: (x: number) => Big, points: readonly number[]): number {
  let most = 0;
  for (const x of points) {
    const error = ulps(f(x), truth(x));
    if (!(error <= most)) most = error;
  }
  return most;
}

const neighbours = (x: number): number[] => [fromBits(bits(x) - 1n), x, fromBits(bits(x) + 1n)];
const signed = (points: readonly number[]): number[] => points.flatMap((x) => [x, -x]);

describe('accuracy against 200-bit arithmetic', () => {
  test('exp is within 1 ulp from its smallest to its largest result', () => {
    const points = [
      ...sequence(4000, between(-745.13, 709.78)),
      ...sequence(4000, between(-1, 1)),
      ...sequence(1000, between(-745.13, -708)),
      ...signed(sequence(500, overBits(1e-300, 1))),
      ...sequence(600, (_, i) => (i - 300.5) * Math.LN2), // the edges of the reduced range
      709.782712893384,
      -745.1332191019411,
      5e-324,
    ];
    const most = worst(exp, reference.exp, points);
    expect(most).toBeLessThan(1);
  });

  test('log is within 1 ulp for all positive numbers', () => {
    const points = [
      ...sequence(4000, overBits(5e-324, Number.MAX_VALUE)),
      ...sequence(4000, between(0.5, 2)),
      ...sequence(500, overBits(5e-324, 2.3e-308)),
      ...sequence(500, (u) => 1 + (u - 0.5) * 1e-8),
      ...neighbours(1).filter((x) => x !== 1),
      ...neighbours(Math.SQRT2),
      ...neighbours(Math.SQRT1_2),
      Number.MAX_VALUE,
      5e-324,
    ];
    const most = worst(log, reference.log, points);
    expect(most).toBeLessThan(1);
  });

  test('pow is within 1 ulp wherever it is finite', () => {
    let most = 0;
    const judge = (x: number, y: number) => {
      const got = pow(x, y);
      if (got === Infinity || got === 0) return;
      most = Math.max(most, ulps(got, reference.pow(x, y)));
    };
    for (const x of sequence(2500, overBits(5e-324, Number.MAX_VALUE))) judge(x, (((x % 1) + 0.1) * 700) / Math.log(x));
    sequence(2500, between(0.9, 1.1)).forEach((x, i) => judge(x, (i - 1250) * 5.3));
    sequence(1500, between(0, 40)).forEach((x, i) => judge(x, ((i * 7919) % 401) / 2 - 100));
    sequence(500, between(-1e-9, 1e-9)).forEach((x, i) => judge(1 + x, (i - 250) * 2.5e9));
    sequence(500, between(-1074.9, -1022)).forEach((y) => judge(2, y));
    for (const beta of [0.9, 0.99, 0.999, 0.9999]) for (let t = 1; t <= 300; t += 1) judge(beta, t * t);
    expect(most).toBeLessThan(1);
    expect(most).toBeGreaterThan(0.4); // something was judged
  }, 60_000);

  // The float64 numbers next to multiples of π/2, where nearly all digits cancel.
  const hard = Array.from({ length: 3000 }, (_, i) => (i < 1000 ? i + 1 : (i * 349) % 1048576)).flatMap((n) =>
    neighbours((n * Math.PI) / 2),
  );

  test.each([
    ['sin', sin, reference.sin],
    ['cos', cos, reference.cos],
  ] as const)(
    '%s is within 1 ulp for |x| up to 1647099',
    (_, f, truth) => {
      const points = [
        ...signed(sequence(3000, between(0, 10))),
        ...signed(sequence(3000, between(0, 1647099))),
        ...signed(sequence(300, overBits(1e-310, 1))),
        ...hard,
        6381956970095103 * 2 ** -33,
        1647099,
      ];
      const most = worst(f, truth, points);
      expect(most).toBeLessThan(1);
    },
    60_000,
  );

  test.each([
    ['sin', sin, reference.sin],
    ['cos', cos, reference.cos],
  ] as const)('%s loses 1.4e-20 |x| beyond', (_, f, truth) => {
    for (const x of sequence(500, overBits(1647100, 1e15))) {
      const { m, e } = truth(x);
      expect(Math.abs(f(x) - Number(shift(m, e + 1000)) / 2 ** 1000)).toBeLessThan(1.4e-20 * x + 2 ** -52);
    }
    expect(Math.abs(f(1e300))).toBeLessThanOrEqual(1);
  });

  test('tanh is within 2 ulps everywhere', () => {
    const points = [
      ...signed(sequence(4000, between(0, 1))),
      ...signed(sequence(2000, between(0, 25))),
      ...signed(sequence(500, overBits(1e-310, 1))),
      ...neighbours(0.625),
      1000,
    ];
    const most = worst(tanh, reference.tanh, points);
    expect(most).toBeLessThan(2);
  }, 60_000);
});

describe('special values, as in ECMAScript', () => {
  const special = [0, -0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1e300, -1e300, 5e-324, -5e-324, Infinity, -Infinity, NaN];

  test.each([
    ['exp', exp, Math.exp],
    ['log', log, Math.log],
    ['tanh', tanh, Math.tanh],
    ['sin', sin, Math.sin],
    ['cos', cos, Math.cos],
  ] as const)('%s', (_, f, engine) => {
    for (const x of special.filter((value) => !Number.isFinite(value) || value === 0)) expect(f(x)).toBe(engine(x));
  });

  test('exp overflows to Infinity and underflows to 0, log of a negative number is NaN', () => {
    expect([709.79, 746, 1e300].map(exp)).toEqual([Infinity, Infinity, Infinity]);
    expect([-745.14, -746, -1e300].map(exp)).toEqual([0, 0, 0]);
    expect(log(-5e-324)).toBeNaN();
    expect([-19.1, -400, -1e300].map(tanh)).toEqual([-1, -1, -1]);
  });

  test('pow, all pairs', () => {
    for (const x of special) {
      for (const y of special) {
        const [ours, engine] = [pow(x, y), Math.pow(x, y)];
        expect([x, y, Math.fround(ours)]).toEqual([x, y, Math.fround(engine)]);
      }
    }
  });
});

// What every engine must give, bit for bit; computed once by the functions above, whose accuracy the other tests judge.
const angles = [
  1e-300,
  0.00001,
  0.1,
  0.5,
  Math.PI / 4,
  0.8,
  1,
  Math.PI / 2,
  2,
  3,
  Math.PI,
  -4.5,
  10,
  100.5,
  -1000,
  31415.9,
  355,
  1000000,
  1647099,
  1e9,
];

const unaryBits = {
  exp: {
    arguments: [
      -745,
      -708.5,
      -100.25,
      -37.5,
      -10,
      -3.3,
      -1,
      -0.7,
      -0.34657359,
      -0.1,
      -0.00001,
      1e-9,
      0.001,
      0.25,
      0.5,
      1,
      2.5,
      Math.PI,
      33.3,
      700.1,
    ],
    bits: `
      0000000000000001 000e6cf6d08897ac 36e4acd31e167ebb 3c8dd5c566301ec8 3f07cd79b5647c9b 3fa2e259bb85be85 3fd78b56362cef38
      3fdfc80db9dd5542 3fe6a09e669a7145 3fecf46d99d52b3a 3fefffeb07515653 3ff000000044b830 3ff0041919b7ee34 3ff48b5e3c3e8186
      3ffa61298e1e069c 4005bf0a8b145769 40285d6fd931e0bb 403724046eb09339 42f078401f5a3ec8 7f1058614179b2a5`,
  },
  log: {
    arguments: [
      5e-324,
      1e-310,
      2.3e-308,
      1e-100,
      0.001,
      0.3,
      0.5,
      0.7,
      0.9,
      0.99999,
      1.00001,
      1.1,
      1.4143,
      2,
      Math.E,
      10,
      1234.5,
      1e9,
      1e200,
      1.7e308,
    ],
    bits: `
      c0874385446d71c3 c0864e69394d9508 c08622e809940dff c06cc845b54b54f2 c01ba18a998fffa0 bff34378fcbda721 bfe62e42fefa39ef
      bfd6d3c324e13f50 bfbaf8e8210a415c bee4f8bc681df714 3ee4f8aea9af0a25 3fb8663f793c46cc 3fd62f4358c03e8a 3fe62e42fefa39ef
      3ff0000000000000 40026bb1bbb55516 401c79436f818745 4034b927f32bffb8 407cc845b54b54f2 40862dd08fdc6f88`,
  },
  sin: {
    arguments: angles,
    bits: `
      01a56e1fc2f8f359 3ee4f8b588e1e8a2 3fb98eaecb8bcb2c 3fdeaee8744b05f0 3fe6a09e667f3bcd 3fe6f494c2bffecd 3feaed548f090cee
      3ff0000000000000 3fed18f6ead1b446 3fc210386db6d55b 3ca1a62633145c07 3fef47ed3dc74080 bfe1689ef5f34f52 bf9fb3f833470ff1
      bfea75cc150a206b bf9b2b68fb05f39f beff9bd0307d1de3 bfd6664b2568d867 bfd4b02e5be91e9e 3fe1778cae823605`,
  },
  cos: {
    arguments: angles,
    bits: `
      3ff0000000000000 3feffffffff920c8 3fefd712f9a817c1 3fec1528065b7d50 3fe6a09e667f3bcd 3fe64b6bde719865 3fe14a280fb5068c
      3c91a62633145c07 bfdaa22657537205 bfefae04be85e5d2 bff0000000000000 bfcafb5b54583d6a bfead9ac890c6b1f 3feffc12adaecec2
      3fe1ff026793f1bc 3feffd1daf394611 bfefffffffc18e4c 3fedf9df9906d32c 3fee4831257a62da 3feacff8c737472a`,
  },
  tanh: {
    arguments: [1e-300, 0.00001, 0.01, 0.1, 0.2, -0.3, 0.4, 0.5, 0.6, 0.6249, 0.625, -0.7, 0.9, 1, 1.5, 2, 3, -5, 10, 18.5],
    bits: `
      01a56e1fc2f8f359 3ee4f8b588e06854 3f847ab48ae4595e 3fb983d7795f413a 3fc9439830b3a590 bfd2a4dda7d914fa 3fd8511573c242d6
      3fdd9353d7568af3 3fe12f8292d2ccfc 3fe1beb6b2b3786c 3fe1bf47eabb8f96 bfe356fb17af2e91 3fe6ebe982d6605d 3fe85efab514f394
      3fecf6f9786df577 3feed9505e1bc3d4 3fefd77d111a0b00 bfefff419668df11 3feffffffdc96f35 3feffffffffffffe`,
  },
};

const powers: readonly (readonly [number, number])[] = [
  [0.9, 1],
  [0.9, 7],
  [0.999, 1000],
  [0.9999, 12345],
  [0.99, 0.5],
  [0.1, 3],
  [2, 0.5],
  [2, -0.3],
  [3, 2.7],
  [10, -5],
  [10, 308.2],
  [1.0000001, 1000000000],
  [1e-310, 0.9],
  [1e300, -1.07],
  [0.5, 1074],
  [7.3, -370],
  [-1.5, 3],
  [-2.2, -4],
  [0.3333, 1.3333],
  [123456.789, 0.001],
];
const powerBits = `
  3feccccccccccccd 3fde9c6a99d1cdbf 3fd788526411ed72 3fd29f202617174d 3fefd6efe4c9b8a5 3f50624dd2f1a9fd 3ff6a09e667f3bcc
  3fe9fdf8bcce533e 40336b452019ac38 3ee4f8b588e368f1 7fec3647f1d600b6 48f349445c228792 060226ed86db32d4 00000000000000ca
  0000000000000001 0000000000001d69 c00b000000000000 3fa5db3f08b0ab7d 3fcd949f24573719 3ff0304d7a195d6c`;

const words = (text: string): string[] => text.trim().split(/\s+/);

describe('the same bits on every engine', () => {
  test.each([
    ['exp', exp],
    ['log', log],
    ['sin', sin],
    ['cos', cos],
    ['tanh', tanh],
  ] as const)('%s', (name, f) => {
    expect(unaryBits[name].arguments.map((x) => hex(f(x)))).toEqual(words(unaryBits[name].bits));
  });

  test('pow', () => {
    expect(powers.map(([x, y]) => hex(pow(x, y)))).toEqual(words(powerBits));
  });
});

describe('properties', () => {
  const finite = double({ noNaN: true, noDefaultInfinity: true });

  test('sin and tanh are odd, cos is even', () => {
    assert(
      property(finite, (x) => {
        expect(tanh(-x)).toBe(-tanh(x));
        expect(cos(-x)).toBeCloseTo(cos(x), 14);
        expect(sin(-x)).toBeCloseTo(-sin(x), 14);
      }),
    );
  });

  test('sin² + cos² = 1 to three roundings', () => {
    assert(
      property(finite, (x) => {
        expect(Math.abs(sin(x) * sin(x) + cos(x) * cos(x) - 1)).toBeLessThanOrEqual(4 * 2 ** -52);
      }),
    );
  });

  test('|tanh x| ≤ min(1, |x|), and tanh keeps the sign', () => {
    assert(
      property(finite, (x) => {
        expect(Math.abs(tanh(x))).toBeLessThanOrEqual(Math.min(1, Math.abs(x)));
        expect(Math.sign(tanh(x))).toBe(Math.sign(x));
      }),
    );
  });

  test('log undoes exp to the error of its argument', () => {
    assert(
      property(double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThanOrEqual(2 ** -51 * Math.max(1, Math.abs(x)));
      }),
    );
  });

  test('pow(x, 1) is x, pow(x, 2) is x · x, pow(x, 0.5) is √x', () => {
    assert(
      property(double({ min: 1e-150, max: 1e150, noNaN: true }), (x) => {
        expect(pow(x, 1)).toBe(x);
        expect(Math.abs(pow(x, 2) / (x * x) - 1)).toBeLessThanOrEqual(2 ** -52);
        expect(Math.abs(pow(x, 0.5) / Math.sqrt(x) - 1)).toBeLessThanOrEqual(2 ** -52);
      }),
    );
  });

  test('pow is exact where the result is a float64', () => {
    for (let n = -1074; n <= 1023; n += 1) expect(pow(2, n)).toBe(n < -1022 ? Number.MIN_VALUE * 2 ** (n + 1074) : 2 ** n);
    for (let n = 0; n <= 22; n += 1) expect(pow(10, n)).toBe(Number(`1e${n}`));
    for (let n = 0; n <= 33; n += 1) expect(BigInt(pow(-3, n))).toBe((-3n) ** BigInt(n));
  });

  test('integerPower agrees with pow to its roundings', () => {
    assert(
      property(double({ min: 0, max: 1, noNaN: true }), integer({ min: 0, max: 100_000 }), (x, n) => {
        const [power, exact] = [integerPower(x, n), pow(x, n)];
        expect(Math.abs(power - exact)).toBeLessThanOrEqual((n + 2) * 2 ** -53 * exact * 1.01 + Number.MIN_VALUE * (n + 1));
      }),
    );
    expect([integerPower(0.9, 0), integerPower(0.9, 1), integerPower(-3, 5)]).toEqual([1, 0.9, -243]);
  });
});
