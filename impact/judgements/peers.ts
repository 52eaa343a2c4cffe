import type { Effect } from "../finding";

/** Stands for a list of peers that is not there: everybody may. */
export const ANYBODY = "anybody";

/** Peers as texts. */
export function peersOf(peers: unknown): string[] {
    return Array.isArray(peers) ? peers.map((peer) => JSON.stringify(peer)) : [ANYBODY];
}

/** What is said of connections that are not allowed. */
export const REFUSED =
    "what no policy names is refused, where the cluster enforces network policies";

/**
 * Judges what is allowed to some pods. Whether anybody makes use of it is not known, so what is allowed no longer counts as
 * used.
 *
 * @param allows Whether a list allows something, by itself or with more.
 */
export function judgeAllowed(
    subject: string,
    before: readonly string[],
    after: readonly string[],
    allows: (list: readonly string[], one: string) => boolean,
): readonly Effect[] {
    const closed = before.filter((each) => !allows(after, each));
    const opened = after.filter((each) => !allows(before, each));
    if (closed.length + opened.length === 0) {
        return [];
    }
    return [
        {
            subject,
            from: closed.join(", ") || "-",
            to: opened.join(", ") || "-",
            ...(closed.length > 0
                ? { what: REFUSED, severity: "cluster-stops" }
                : { what: "more is allowed than before", severity: "dynamic" }),
        },
    ];
}
