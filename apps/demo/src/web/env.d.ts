declare module '*.css';
declare module 'virtual:frame.css';
