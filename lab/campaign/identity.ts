import { createHash } from "node:crypto";
import type { Campaign, Round } from "./campaign";
import { headCommit } from "./git";
import { changedPaths, type Digests, digestsOf } from "./subject";

/** What has to be the same for a run to go on: figures of different programs don't belong together. */
export interface Identity {
    readonly commit: string;
    readonly subject: Digests;
    /** Digest of the rounds. */
    readonly rounds: string;
}

/** What a run of some rounds would be a run of, now. */
export function identityNow(
    root: string,
    { subject }: Pick<Campaign, "subject">,
    rounds: readonly Round[],
): Identity {
    return {
        commit: headCommit(root),
        subject: digestsOf(root, subject),
        rounds: createHash("sha256").update(JSON.stringify(rounds)).digest("hex").slice(0, 16),
    };
}

/** How two runs differ; `undefined` when they are of the same. */
export function differenceOf(before: Identity, now: Identity): string | undefined {
    const changed = changedPaths(before.subject, now.subject);
    if (before.commit !== now.commit) {
        return `expected commit ${short(now.commit)}, got ${short(before.commit)}`;
    }
    if (changed.length > 0) {
        return `expected ${changed.join(", ")} as when it began, got changes`;
    }
    return before.rounds === now.rounds ? undefined : "expected the same rounds, got others";
}

/** A commit as people write it. */
export function short(commit: string): string {
    return commit.slice(0, 7);
}
