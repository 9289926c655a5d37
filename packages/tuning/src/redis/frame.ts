import type { ToStudy, ToTrial } from '../parallel/trial-message.ts';

/** A message to a study, and who sends it. */
export interface Letter {
  /** Under which BullMQ gave the job to the sender. */
  readonly token: string;
  /** Where the sender looks for answers. */
  readonly answers: string;
  readonly message: ToStudy;
}

/** JSON, its length before it, and bytes after it. */
function frame(head: object, bytes: Uint8Array = new Uint8Array(0)): Buffer {
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  return Buffer.concat([length, text, bytes]);
}

function unframe(buffer: Buffer): { readonly head: unknown; readonly bytes: Uint8Array } {
  const end = 4 + buffer.readUInt32LE(0);
  return { head: JSON.parse(buffer.toString('utf8', 4, end)), bytes: new Uint8Array(buffer.subarray(end)) };
}

/** Letters as bytes: a checkpoint is not turned into text. */
export function packLetter({ token, answers, message: { id, request } }: Letter): Buffer {
  if (request.type !== 'write') return frame({ token, answers, message: { id, request } });
  const { bytes, ...rest } = request;
  return frame({ token, answers, message: { id, request: rest } }, bytes);
}

export function unpackLetter(buffer: Buffer): Letter {
  const { head, bytes } = unframe(buffer);
  const { token, answers, message } = head as Letter;
  const { id, request } = message;
  return { token, answers, message: { id, request: request.type === 'write' ? { ...request, bytes } : request } };
}

export function packReply(message: ToTrial): Buffer {
  if (message.type !== 'answer' || !(message.answer instanceof Uint8Array)) return frame(message);
  return frame({ type: 'answer', id: message.id }, message.answer);
}

export function unpackReply(buffer: Buffer): ToTrial {
  const { head, bytes } = unframe(buffer);
  const message = head as ToTrial;
  return message.type === 'answer' && !('answer' in message) ? { ...(message as { type: 'answer'; id: number }), answer: bytes } : message;
}
