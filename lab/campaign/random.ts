import { createHash, randomInt } from "node:crypto";

/** A new seed. */
export function newSeed(): number {
    return randomInt(2 ** 32);
}

/**
 * Numbers from 0 to 1 that follow from a seed and a name alone, so that a round has the same ones whichever process runs
 * it (Mulberry32).
 */
export function randomOf(seed: number, name: string): () => number {
    let state = createHash("sha256").update(`${seed} ${name}`).digest().readUInt32LE();
    return () => {
        state = (state + 0x6d2b79f5) | 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}
