// Stand-ins until the portable versions land.
export const exp = (x: number): number => Math.exp(x);
export const log = (x: number): number => Math.log(x);
export const pow = (a: number, b: number): number => Math.pow(a, b);
export const sin = (x: number): number => Math.sin(x);
export const cos = (x: number): number => Math.cos(x);
export const tanh = (x: number): number => Math.tanh(x);
