export { fileStore } from './checkpoint/file-store.ts';
