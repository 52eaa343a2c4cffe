import { judgePart } from "./part";

const UPDATED = {
    what: "cert-manager restarts; certificates that are there stay as they are",
    severity: "nothing",
} as const;

/** Judges the Helm release of cert-manager. */
export const judgeCertManager = judgePart({
    subject: "cert-manager",
    gone: {
        what: "certificates are not renewed any more: when they expire, nobody connects",
        severity: "cluster-stops",
    },
    fields: {
        // A failed update leaves the old one in place.
        atomic: undefined,
        timeout: undefined,
        version: UPDATED,
        chart: UPDATED,
        values: UPDATED,
    },
});
