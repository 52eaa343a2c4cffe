import {
    BROKERS_TLS,
    CLIENTS_CA,
    CLUSTER_CA,
} from "../../../components/statefulset/certificates/certificates";
import { userSecretName } from "../../../components/kafka/users";
import type { Judgement } from "../judgement";
import { objectName } from "../preview";
import { judgePart } from "./part";
import type { Consequence } from "./table";

const SUBJECTS: Readonly<Record<string, string>> = {
    [BROKERS_TLS]: "certificate of the brokers",
    [CLUSTER_CA]: "CA of the brokers",
    [CLIENTS_CA]: "CA of clients",
};
const USER = userSecretName("");

const NOT_RENEWED = {
    what: "is not renewed any more: when it expires, nobody connects by it",
    severity: "cluster-stops",
} as const;
const READ: Consequence = {
    what: "is read without a restart within minutes; brokers that restart for their addresses read it then",
    severity: "nothing",
};
const NEXT: Consequence = { what: "counts from the next renewal on", severity: "nothing" };
const OTHER_ISSUER: Consequence = {
    what: "brokers trust it by themselves; clients that don't trust it yet are cut off",
    severity: "clients-cut-off",
};

const judgeAuthorityOrBrokers = judgePart((change) => ({
    subject: SUBJECTS[objectName(change)],
    gone: NOT_RENEWED,
    fields: {
        metadata: undefined,
        "spec.dnsNames": READ,
        "spec.ipAddresses": READ,
        "spec.issuerRef": OTHER_ISSUER,
        "spec.duration": NEXT,
        "spec.renewBefore": NEXT,
    },
}));

const judgeUsers = judgePart((change) => ({
    subject: `certificate of user ${objectName(change).slice(USER.length)}`,
    gone: {
        what: "is not renewed any more; until it expires it is worth what the user's permissions are",
        severity: "nothing",
    },
    fields: { metadata: undefined, "spec.duration": NEXT, "spec.renewBefore": NEXT },
}));

/** Judges the certificates that cert-manager makes. */
export const judgeCertificate: Judgement = (change, context) =>
    objectName(change).startsWith(USER)
        ? judgeUsers(change, context)
        : judgeAuthorityOrBrokers(change, context);

/** Judges who signs them. */
export const judgeIssuer = judgePart((change) => ({
    subject: `issuer ${objectName(change)}`,
    gone: {
        what: "what it has signed is not renewed any more: when that expires, nobody connects by it",
        severity: "cluster-stops",
    },
    fields: { metadata: undefined, "spec.ca": OTHER_ISSUER },
}));

/** Judges Secrets with given certificates. */
export const judgeGivenCertificate = judgePart((change) => ({
    subject: SUBJECTS[objectName(change)],
    gone: { what: "brokers that start can't", severity: "cluster-stops" },
    // A preview shows nothing of them.
    updated: {
        from: "one",
        to: "another",
        ...(objectName(change) === CLIENTS_CA
            ? {
                  what: "brokers read it without a restart within minutes; clients with certificates of another CA are refused",
                  severity: "clients-cut-off",
              }
            : {
                  what: "brokers read it without a restart within minutes; clients that don't trust its CA yet are cut off",
                  severity: "clients-cut-off",
              }),
    },
}));
