import { images, labels } from 'virtual:digits';
import type { Digits } from './digits-net.ts';

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));

/** The pictures of digits that come with the view. */
export const readDigits = (): Digits => ({ images: bytesOf(images), labels: bytesOf(labels) });
