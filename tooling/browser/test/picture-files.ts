/** A file as `setInputFiles` takes it. */
export interface PictureFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const file = (name: string, mimeType: string, buffer: Buffer): PictureFile => ({ name, mimeType, buffer });

/** One red pixel. */
export const RED: PictureFile = file(
  'red.png',
  'image/png',
  Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR42mP4z8AAAAMBAQD3A0FDAAAAAElFTkSuQmCC', 'base64'),
);

/** The beginning of a picture that says it has so many pixels. */
export function huge(side: number): PictureFile {
  const buffer = Buffer.from(RED.buffer);
  buffer.writeUInt32BE(side, 16);
  buffer.writeUInt32BE(side, 20);
  return file('huge.png', 'image/png', buffer);
}

export const EMPTY: PictureFile = file('empty.png', 'image/png', Buffer.alloc(0));
export const TEXT: PictureFile = file('letter.png', 'image/png', Buffer.from('Dear reader, this is no picture.'));
