/** The Castagnoli polynomial with its bits reversed: RFC 3720, section 12.1. */
const POLYNOMIAL = 0x82f63b78;

/** CRC32C of the bytes, as an unsigned number: RFC 3720, appendix B.4 has examples. */
export function crc32c(bytes: Uint8Array): number {
  const table = (steps ??= tableOfSteps());
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (table[(crc ^ byte) & 255] as number);
  return (crc ^ 0xffffffff) >>> 0;
}

/**
 * The checksum as record files hold it: a CRC of bytes that hold CRCs themselves would be weak, so it is rotated right by 15 bits and a
 * constant is added (TensorFlow, `tensorflow/core/lib/hash/crc32c.h`, `Mask`).
 */
export function maskedCrc32c(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}

let steps: Uint32Array | undefined;

function tableOfSteps(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    return crc;
  });
}
