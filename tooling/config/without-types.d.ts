export declare function withoutTypes(code: string): string;
