import { judgePart } from "../part";

/** Judges the key that the cluster's Secrets are encrypted with; volumes have another one. */
export const judgeEncryptionKey = judgePart({
    subject: "key of the cluster's Secrets",
    gone: {
        what: "without it no Secret can be read, and the cluster is lost; AWS deletes it after a time in which that can be undone",
        severity: "cluster-stops",
    },
    fields: {
        isEnabled: ({ to }) =>
            to === false
                ? { what: "while it is off, no Secret can be read", severity: "cluster-stops" }
                : { what: "Secrets can be read", severity: "nothing" },
        enableKeyRotation: { what: "old versions of the key stay readable", severity: "nothing" },
        deletionWindowInDays: {
            what: "how long its deletion can be undone",
            severity: "nothing",
        },
        description: undefined,
    },
});
