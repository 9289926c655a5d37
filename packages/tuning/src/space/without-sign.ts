/** −0 as 0: JSON has only one of them, and what comes back from a file should be what went in. */
export const withoutSign = <Value>(value: Value): Value => (value === 0 ? (0 as Value) : value);
