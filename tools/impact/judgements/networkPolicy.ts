import { isObject } from "../../../config/everyFault";
import {
    KAFKA,
    KAFKA_CHECK,
    TOPICS_JOB,
    UPDATE_CHECK,
    USERS_JOB,
} from "../../../components/kafka/names";
import { REPLICATION_PORT } from "../../../components/kafka/listeners";
import { DEFAULT_DENY } from "../../../components/kafka/networkPolicies";
import type { Effect } from "../finding";
import { type Fields, show, showChange, valueAt } from "../fields";
import { type Change, objectName, type State } from "../preview";
import {
    type Allowed,
    ANY_PORT,
    judgeAllowed,
    LET_IN,
    peersOf,
    type PeersArgs,
    REFUSED,
} from "./peers";
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
        made: { what: REFUSED, severity: "clients-cut-off" },
        gone: {
            what: "all of them are open, once the default deny is gone, too",
            severity: "cluster-opens",
        },
        replaced: { what: `while it is missing, ${REFUSED}`, severity: "clients-cut-off" },
        together: () => [
            ...(["ingress", "egress"] as const).flatMap((direction) =>
                judgeAllowed(
                    `${subject}: ${direction}`,
                    allowedBy(change.old, direction),
                    allowedBy(change.new, direction),
                    meaningOf(name, direction),
                ),
            ),
            ...judgeDirections(change, `${subject}: what it is about`),
        ],
        fields: {
            ...LABELS,
            "spec.ingress": undefined,
            "spec.egress": undefined,
            "spec.policyTypes": undefined,
        },
    };
});

/** What a policy is about it refuses, unless it allows it. */
function judgeDirections({ old, new: now }: Change, subject: string): readonly Effect[] {
    const [from, to] = [old, now].map((state) =>
        listed(valueAt(state?.inputs, "spec", "policyTypes")),
    );
    const values = { subject, ...showChange(from, to) };
    return [
        ...(from!.every((each) => to!.includes(each))
            ? []
            : [
                  {
                      ...values,
                      what: "connections that it refused are open",
                      severity: "cluster-opens" as const,
                  },
              ]),
        ...(to!.every((each) => from!.includes(each))
            ? []
            : [{ ...values, what: REFUSED, severity: "clients-cut-off" as const }]),
    ];
}

/** Clients connect to the brokers only; whatever else is refused, the servers need. */
function meaningOf(name: string, direction: Direction): PeersArgs {
    return {
        fewer: {
            what: REFUSED,
            severity:
                name === KAFKA && direction === "ingress" ? "clients-cut-off" : "cluster-stops",
        },
        ...(direction === "ingress" && { more: LET_IN }),
    };
}

type Direction = "ingress" | "egress";

/** Brokers connect to each other on one port only; on the others, tools that somebody runs in their pods do. */
function isOfTools({ port, peer }: Allowed, direction: Direction): boolean {
    return direction === "egress" && peer === BROKERS && port !== `TCP ${REPLICATION_PORT}`;
}

const [BROKERS] = peersOf([podsOf(KAFKA)]);

function podsOf(name: string): object {
    return { podSelector: { matchLabels: { "app.kubernetes.io/name": name } } };
}

/** Those Jobs as peers of the servers. */
const JOB_PEERS = peersOf(JOBS.map(podsOf));

/** Each port and peer of the rules, without the program's own Jobs and what only tools use. */
function allowedBy(state: State | undefined, direction: Direction): Allowed[] {
    const peers = direction === "ingress" ? "from" : "to";
    return objects(valueAt(state?.inputs, "spec", direction)).flatMap((rule) =>
        portsOf(rule).flatMap((port) =>
            peersOf(rule[peers])
                .filter((peer) => !JOB_PEERS.includes(peer))
                .map((peer) => ({ port, peer }))
                .filter((allowed) => !isOfTools(allowed, direction)),
        ),
    );
}

/** The ports of a rule as texts. Without a list of them, or with an empty one, Kubernetes means all. */
function portsOf(rule: Fields): string[] {
    const ports = objects(rule["ports"]);
    return ports.length === 0
        ? [ANY_PORT]
        : ports.map(({ protocol = "TCP", port, endPort }) => {
              const first = port === undefined ? ANY_PORT : `${show(protocol)} ${show(port)}`;
              return endPort === undefined ? first : `${first}-${show(endPort)}`;
          });
}

function objects(value: unknown) {
    return listed(value).filter(isObject);
}

function listed(value: unknown): readonly unknown[] {
    return Array.isArray(value) ? value : [];
}
