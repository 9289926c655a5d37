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
