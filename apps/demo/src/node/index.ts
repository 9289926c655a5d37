export { readMnist } from './read-mnist.ts';
export { stopSignal } from './stop-signal.ts';
