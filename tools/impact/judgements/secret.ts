import { BROKERS_TLS, CLIENTS_CA } from "../../../components/statefulset/certificates/certificates";
import { ZOOKEEPER_AUTH } from "../../../components/kafka/names";
import { userSecretName } from "../../../components/kafka/users";
import type { Effect } from "../finding";
import { type Judgement, judgeFields, LABELS, notJudged, removed } from "../judgement";
import { judgeGivenCertificate } from "./certificate";
import { GENERATION, judgeUserSecret } from "./userSecret";
import { objectName } from "../preview";

const SUBJECT = "password of ZooKeeper";
/** Secrets with certificates that somebody else made. */
const GIVEN_CERTIFICATES: readonly string[] = [BROKERS_TLS, CLIENTS_CA];
/** Beginning of the names of users' Secrets. */
const USER_SECRET = userSecretName("");

/** Judges the Secrets of users, those with given certificates, and the one by which brokers and ZooKeeper know each other. */
export const judgeSecret: Judgement = (change, context) => {
    const name = objectName(change);
    if (name.startsWith(USER_SECRET)) {
        return judgeUserSecret(change, name.slice(USER_SECRET.length));
    }
    if (GIVEN_CERTIFICATES.includes(name)) {
        return judgeGivenCertificate(change, context);
    }
    if (name !== ZOOKEEPER_AUTH) {
        return [notJudged(change, `Secret ${name}`)];
    }
    switch (change.action) {
        case "create":
            return [
                {
                    subject: SUBJECT,
                    from: "-",
                    to: "new",
                    what: "is generated; whoever runs reads it at the next start",
                    severity: "nothing",
                },
            ];
        case "delete":
            return [lost(removed(change.action), "a broker or member that starts can't")];
        case "replace":
            return [lost(removed(change.action), REFUSED)];
        case "update":
            return judgeFields(change, SUBJECT, [
                LABELS,
                GENERATION,
                { path: ["data"], judge: () => [lost("another", REFUSED)] },
            ]);
    }
};

const REFUSED =
    "brokers and members that restart refuse those that have not yet, until all have: docs/operations.md has a way without";

function lost(to: string, what: string): Effect {
    return { subject: SUBJECT, from: "in the stack", to, what, severity: "cluster-stops" };
}
