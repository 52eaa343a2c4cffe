import { KAFKA_CHECK, TOPICS_JOB, UPDATE_CHECK, USERS_JOB } from "../../../components/kafka/names";
import { DEFAULT_DENY } from "../../../components/kafka/networkPolicies";
import { isObject, valueAt } from "../fields";
import { objectName, type State } from "../preview";
import { ANYBODY, judgeAllowed, peersOf, REFUSED } from "./peers";
import { type Consequence, judgeBy, LABELS } from "./table";

/** Names of the policies for Jobs of `up`, and of those of an earlier program. */
const JOBS = [TOPICS_JOB, USERS_JOB, KAFKA_CHECK, UPDATE_CHECK, "kafka-scale-in-check"];

const OF_JOBS: Consequence = { what: "only Jobs that up runs use them", severity: "nothing" };

/** Judges who may connect to whom. */
export const judgeNetworkPolicy = judgeBy((change) => {
    const name = objectName(change);
    const subject =
        name === DEFAULT_DENY ? "connections in the namespace" : `connections of ${name}`;
    if (JOBS.includes(name)) {
        return { subject, made: OF_JOBS, gone: OF_JOBS, updated: OF_JOBS };
    }
    return {
        subject,
        made: { what: REFUSED, severity: "cluster-stops" },
        gone: {
            what: "all of them are open, once the default deny is gone, too",
            severity: "dynamic",
        },
        replaced: { what: `while it is missing, ${REFUSED}`, severity: "cluster-stops" },
        together: () =>
            (["ingress", "egress"] as const).flatMap((direction) =>
                judgeAllowed(
                    `${subject}: ${direction}`,
                    allowedBy(change.old, direction),
                    allowedBy(change.new, direction),
                    allows,
                ),
            ),
        fields: { ...LABELS, "spec.ingress": undefined, "spec.egress": undefined },
    };
});

/** Those Jobs as peers of the servers. */
const JOB_PEERS = peersOf(
    JOBS.map((job) => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": job } } })),
);

/** `protocol port peer` for each port and peer of the rules, without the program's own Jobs. */
function allowedBy(state: State | undefined, direction: "ingress" | "egress"): string[] {
    const peers = direction === "ingress" ? "from" : "to";
    return objects(valueAt(state?.inputs, "spec", direction)).flatMap((rule) =>
        objects(rule["ports"]).flatMap(({ protocol, port }) =>
            peersOf(rule[peers])
                .filter((peer) => !JOB_PEERS.includes(peer))
                .map((peer) => `${String(protocol)} ${String(port)} ${peer}`),
        ),
    );
}

function allows(list: readonly string[], one: string): boolean {
    const [protocol, port] = one.split(" ");
    return list.includes(one) || list.includes(`${protocol} ${port} ${ANYBODY}`);
}

function objects(value: unknown) {
    return (Array.isArray(value) ? value : []).filter(isObject);
}
