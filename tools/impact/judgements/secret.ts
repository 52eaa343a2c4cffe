import { BROKERS_TLS, CLIENTS_CA } from "../../../components/statefulset/certificates/certificates";
import { ZOOKEEPER_AUTH } from "../../../components/kafka/names";
import { userSecretName } from "../../../components/kafka/users";
import type { Judgement } from "../judgement";
import { objectName } from "../preview";
import { judgeGivenCertificate } from "./certificate";
import { type Consequence, judgeBy, LABELS, type Table } from "./table";
import { GENERATION, userSecret } from "./userSecret";

/** Secrets with certificates that somebody else made. */
const GIVEN_CERTIFICATES: readonly string[] = [BROKERS_TLS, CLIENTS_CA];
/** Beginning of the names of users' Secrets. */
const USER_SECRET = userSecretName("");

/** Judges the Secrets of users, those with given certificates, and the one by which brokers and ZooKeeper know each other. */
export const judgeSecret: Judgement = (change, context) =>
    GIVEN_CERTIFICATES.includes(objectName(change))
        ? judgeGivenCertificate(change, context)
        : judgePassword(change, context);

const judgePassword = judgeBy((change) => {
    const name = objectName(change);
    if (name.startsWith(USER_SECRET)) {
        return userSecret(change, name.slice(USER_SECRET.length));
    }
    return name === ZOOKEEPER_AUTH ? ZOOKEEPER_PASSWORD : undefined;
}, "Secret");

const REFUSED: Consequence = {
    what: "brokers and members that restart refuse those that have not yet, until all have: docs/operations.md has a way without",
    severity: "cluster-stops",
};

const ZOOKEEPER_PASSWORD: Table = {
    subject: "password of ZooKeeper",
    made: { what: "is generated; whoever runs reads it at the next start", severity: "nothing" },
    gone: { what: "a broker or member that starts can't", severity: "cluster-stops" },
    replaced: REFUSED,
    fields: {
        ...LABELS,
        ...GENERATION,
        data: { from: "in the stack", to: "another", ...REFUSED },
    },
};
