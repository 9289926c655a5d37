import type { MessagePort } from 'node:worker_threads';
import type { Channel } from './trial-message.ts';

/** A line over a port between threads. */
export function portChannel<Sent, Heard>(port: MessagePort): Channel<Sent, Heard> {
  return {
    send: (message) => port.postMessage(message, []),
    listen(hear) {
      port.on('message', hear);
      return () => void port.off('message', hear);
    },
  };
}
