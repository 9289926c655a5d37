export { fileStore } from '@downhill/core/node';
