import crypto from "node:crypto";

const { scryptSync } = crypto;
const known = new Map<string, Buffer>();

/**
 * Takes a tenth of a second of the processor by design, and programs under mocks have the same few passwords hundreds of times:
 * each is hashed once.
 */
crypto.scryptSync = ((...args: Parameters<typeof scryptSync>) => {
    const key = JSON.stringify(args);
    const hash = known.get(key) ?? scryptSync(...args);
    known.set(key, hash);
    return hash;
}) as typeof scryptSync;
