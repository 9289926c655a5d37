/**
 * The wire format of protocol buffers (protobuf.dev/programming-guides/encoding), as far as event files need it: a message is the bytes of
 * its fields one after the other, a field is a tag (number × 8 + wire type) and a value.
 */
export type Field = Uint8Array;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** A message of these fields. */
export const message = (...fields: readonly Field[]): Uint8Array => concatenated(fields);

/** `int64`, `int32` or an enum: whole and at least 0. */
export const integer = (number: number, value: number): Field => concatenated([tag(number, VARINT), varint(value)]);

export const double = (number: number, value: number): Field =>
  concatenated([tag(number, FIXED64), littleEndian(8, (view) => view.setFloat64(0, value, true))]);

export const float = (number: number, value: number): Field =>
  concatenated([tag(number, FIXED32), littleEndian(4, (view) => view.setFloat32(0, value, true))]);

/** Bytes or a message. */
export const bytes = (number: number, value: Uint8Array): Field => concatenated([tag(number, BYTES), varint(value.length), value]);

export const text = (number: number, value: string): Field => bytes(number, new TextEncoder().encode(value));

/** `repeated double`, packed. */
export const doubles = (number: number, values: readonly number[]): Field =>
  bytes(
    number,
    littleEndian(8 * values.length, (view) => values.forEach((value, i) => view.setFloat64(8 * i, value, true))),
  );

const tag = (number: number, type: number): Uint8Array => varint(number * 8 + type);

/** Seven bits a byte, the lowest first; arithmetic instead of shifts, which know 32 bits only. */
function varint(value: number): Uint8Array {
  const groups: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Uint8Array.from([...groups, left]);
    groups.push((left % 128) + 128);
  }
}

function littleEndian(size: number, write: (view: DataView) => void): Uint8Array {
  const value = new Uint8Array(size);
  write(new DataView(value.buffer));
  return value;
}

/** Byte strings one after the other. */
export function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** A field as it was read: a number for integers, floats and doubles, else its bytes. */
export interface ReadField {
  readonly number: number;
  readonly value: number | Uint8Array;
}

/** The fields of a message in their order. @throws RangeError where the bytes are no message. */
export function fieldsOf(encoded: Uint8Array): ReadField[] {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const fields: ReadField[] = [];
  let at = 0;
  const readVarint = (): number => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = view.getUint8(at++);
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  const taken = (size: number): number => {
    if (at + size > encoded.length) throw new RangeError('a field ends after its message');
    at += size;
    return at - size;
  };
  while (at < encoded.length) {
    const key = readVarint();
    const [number, type] = [Math.floor(key / 8), key % 8];
    if (type === VARINT) fields.push({ number, value: readVarint() });
    else if (type === FIXED64) fields.push({ number, value: view.getFloat64(taken(8), true) });
    else if (type === FIXED32) fields.push({ number, value: view.getFloat32(taken(4), true) });
    else if (type === BYTES) {
      const size = readVarint();
      const start = taken(size);
      fields.push({ number, value: encoded.subarray(start, start + size) });
    } else throw new RangeError(`wire type ${type} is not in use`);
  }
  return fields;
}
