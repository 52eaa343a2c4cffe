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
    const gone = before.filter((each) => !after.includes(each));
    const added = after.filter((each) => !before.includes(each));
    if (gone.length + added.length === 0) {
        return [];
    }
    return [
        {
            subject,
            from: gone.join(", ") || "-",
            to: added.join(", ") || "-",
            ...(gone.every((each) => allows(after, each))
                ? { what: "nothing is refused that was allowed", severity: "dynamic" }
                : { what: REFUSED, severity: "cluster-stops" }),
        },
    ];
}
