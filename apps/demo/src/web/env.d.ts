declare module '*.css';
declare module 'virtual:frame.css';
declare module '*.wasm?url' {
  const address: string;
  export default address;
}
declare module '*.webp' {
  const address: string;
  export default address;
}
declare module 'virtual:digits' {
  /** The first pictures of MNIST's test set: their pixels one after the other and their classes, in base64. */
  export const images: string;
  export const labels: string;
}
