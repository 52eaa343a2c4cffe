/** The middle of some numbers; the mean of the two middle ones if their count is even. */
export function median(values: readonly number[]): number {
    if (values.length === 0) {
        throw new RangeError("the median of no numbers");
    }
    const sorted = [...values].sort((a, b) => a - b);
    const middle = Math.floor(sorted.length / 2);
    return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The longest distance between neighbours among some points in time, in any order; 0 for less than two. */
export function longestGap(times: readonly number[]): number {
    const sorted = [...times].sort((a, b) => a - b);
    return sorted
        .slice(1)
        .reduce((longest, time, index) => Math.max(longest, time - sorted[index]!), 0);
}
