/** One figure of both sides, measured one right after the other. */
export interface Pair {
    readonly ours: number;
    readonly reference: number;
}

/** A side of a comparison. */
export type Side = keyof Pair;

/** Both sides in random order, so that neither is always the one whose way was paved. */
export function sidesInTurn(random: () => number): readonly [Side, Side] {
    return random() < 0.5 ? ["ours", "reference"] : ["reference", "ours"];
}

/** Measures both sides once, in random order. */
export async function measurePair(
    random: () => number,
    measure: Readonly<Record<Side, () => Promise<number>>>,
): Promise<Pair> {
    const pair = { ours: NaN, reference: NaN };
    for (const side of sidesInTurn(random)) {
        pair[side] = await measure[side]();
    }
    return pair;
}
