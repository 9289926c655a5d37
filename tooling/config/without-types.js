import ts from 'typescript-6'; // 7 compiles our packages, and has nothing yet for programs to call

/** The JavaScript of code that is written in TypeScript. */
export const withoutTypes = (code) =>
  ts.transpileModule(code, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext } }).outputText;
