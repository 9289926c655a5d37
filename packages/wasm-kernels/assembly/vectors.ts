/** Loops over runs of floats: whole vectors first, then single floats. Counts are in floats. */

export function copyFloats(from: usize, to: usize, count: i32): void {
  const end = to + (<usize>count << 2);
  const vectors = to + (<usize>(count & ~3) << 2);
  for (; to < vectors; to += 16) {
    v128.store(to, v128.load(from));
    from += 16;
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(from));
    from += 4;
  }
}

export function fillFloats(to: usize, value: f32, count: i32): void {
  const end = to + (<usize>count << 2);
  const vectors = to + (<usize>(count & ~3) << 2);
  for (; to < vectors; to += 16) v128.store(to, f32x4.splat(value));
  for (; to < end; to += 4) store<f32>(to, value);
}

export function addFloats(from: usize, to: usize, count: i32): void {
  const end = to + (<usize>count << 2);
  const vectors = to + (<usize>(count & ~3) << 2);
  for (; to < vectors; to += 16) {
    v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
    from += 16;
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(to) + load<f32>(from));
    from += 4;
  }
}

/** to += a * b, value by value. */
export function multiplyAddFloats(a: usize, b: usize, to: usize, count: i32): void {
  const end = to + (<usize>count << 2);
  const vectors = to + (<usize>(count & ~3) << 2);
  for (; to < vectors; to += 16) {
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(a), v128.load(b))));
    a += 16;
    b += 16;
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(to) + load<f32>(a) * load<f32>(b));
    a += 4;
    b += 4;
  }
}

/** to = from * factor. */
export function scaleFloats(from: usize, factor: f32, to: usize, count: i32): void {
  const end = to + (<usize>count << 2);
  const vectors = to + (<usize>(count & ~3) << 2);
  const factors = f32x4.splat(factor);
  for (; to < vectors; to += 16) {
    v128.store(to, f32x4.mul(v128.load(from), factors));
    from += 16;
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(from) * factor);
    from += 4;
  }
}

/** to += from * factor. */
export function addScaledFloats(from: usize, factor: f32, to: usize, count: i32): void {
  const end = to + (<usize>count << 2);
  const vectors = to + (<usize>(count & ~3) << 2);
  const factors = f32x4.splat(factor);
  for (; to < vectors; to += 16) {
    v128.store(to, f32x4.add(v128.load(to), f32x4.mul(v128.load(from), factors)));
    from += 16;
  }
  for (; to < end; to += 4) {
    store<f32>(to, load<f32>(to) + load<f32>(from) * factor);
    from += 4;
  }
}
