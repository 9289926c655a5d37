/** The cyclic redundancy check of zip, PNG and Python's `binascii.crc32`: polynomial 0xedb88320, bits reflected. */
export function crc32(bytes: Uint8Array): number {
  let register = 0xffffffff;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit += 1) register = (register >>> 1) ^ ((register & 1) === 1 ? 0xedb88320 : 0);
  }
  return (register ^ 0xffffffff) >>> 0;
}
