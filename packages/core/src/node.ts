export { fileStore, flushFolder } from './file-store.ts';
