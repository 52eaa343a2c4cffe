import { isObject } from "../../../config/everyFault";
import {
    KAFKA_BOOTSTRAP,
    KAFKA_HEADLESS,
    KAFKA_SERVICE,
    ZOOKEEPER,
    ZOOKEEPER_HEADLESS,
} from "../../../components/kafka/names";
import { EXTERNAL_DNS_HOSTNAME } from "../../../components/kafka/addresses";
import { REPLICATION_PORT } from "../../../components/kafka/listeners";
import type { Effect } from "../finding";
import { changedFields, show, showChange, textAt, valueAt } from "../fields";
import type { Context } from "../judgement";
import { objectName, type Change, type State } from "../preview";
import { judgeNetworks } from "./clientNetworks";
import { hasLoadBalancer, judgeSide, loadBalancerFields } from "./serviceLoadBalancer";
import { type Consequence, type Fields, judgeBy, LABELS, unknownField, WAITING } from "./table";

const SUBJECTS: Readonly<Record<string, string>> = {
    [KAFKA_BOOTSTRAP]: "bootstrap address inside the cluster",
    [KAFKA_SERVICE]: "bootstrap address kafka-service",
    [KAFKA_HEADLESS]: "the brokers' own names",
    [ZOOKEEPER]: "address of ZooKeeper",
    [ZOOKEEPER_HEADLESS]: "the ZooKeeper members' own names",
};

/** Annotations that look as if a load balancer's controller reads them. */
const READ_BY_LOAD_BALANCERS =
    /load-?balancer|^service\.|gke\.io|cloud\.google|metallb|cilium|kube-vip|\blb\b/i;

const INTERNAL = [KAFKA_HEADLESS, ZOOKEEPER_HEADLESS];
/** Clients of Kafka use none of these. */
const OF_SERVERS = [...INTERNAL, ZOOKEEPER];

/** Judges the Services in front of brokers and ZooKeeper. */
export const judgeService = judgeBy((change, context) => {
    const name = objectName(change);
    const subject = SUBJECTS[name] ?? addressOf(name);
    if (subject === undefined) {
        return undefined;
    }
    return {
        subject,
        made: {
            to: show(addresses(change.new)),
            ...(role(name) === "bootstrap" && leadsOutside(change, context)
                ? OUTSIDE
                : { what: "is made; the addresses that are there stay", severity: "dynamic" }),
        },
        gone: { from: show(addresses(change.old)), ...lost(name, context) },
        together: () => [
            ...judgePorts(change, subject, context),
            ...judgeTargets(change, subject),
            ...judgeSide(change, subject),
            ...judgeRanges(change, `${subject}: clients that are let in`),
        ],
        fields: {
            ...LABELS,
            ...WAITING,
            "spec.type": undefined,
            "spec.ports": undefined,
            ...loadBalancerFields(change),
            ...fieldsForClients(subject),
            // Nothing else reads the stack's own.
            "metadata.annotations": (field) =>
                hasLoadBalancer(change) && READ_BY_LOAD_BALANCERS.test(field.path[2] ?? "")
                    ? unknownField(subject, field)
                    : undefined,
        },
    };
}, "Service");

/** What clients know the Service of an external listener as. */
export function addressOf(name: string): string | undefined {
    const [, listener] = EXTERNAL.exec(name) ?? [];
    if (listener === undefined) {
        return undefined;
    }
    return role(name) === "bootstrap"
        ? `bootstrap address on listener ${listener}`
        : `address on listener ${listener} of broker ${role(name)}`;
}

/** Names of the Services of external listeners. */
const EXTERNAL = /^kafka-([a-z0-9]+)-(bootstrap|\d+)$/;

/** `bootstrap`, or the number of the broker that a Service leads to. */
function role(name: string): string | undefined {
    return name === KAFKA_SERVICE ? "bootstrap" : EXTERNAL.exec(name)?.[2];
}

function lost(name: string, { brokersLeft }: Context): Consequence {
    const leavesWithBroker = brokersLeft !== undefined && Number(role(name)) >= brokersLeft;
    return {
        what: INTERNAL.includes(name)
            ? "the pods behind it don't find each other without it"
            : "clients that use this address lose it",
        severity:
            OF_SERVERS.includes(name) || leavesWithBroker ? "cluster-stops" : "clients-cut-off",
    };
}

/** Brokers use only one port of their own names; clients inside of the cluster use the others. */
function lostPorts(change: Change, context: Context): Consequence {
    const name = objectName(change);
    return name === KAFKA_HEADLESS && portsOf(change.new, "port").includes(REPLICATION_PORT)
        ? { what: "clients that use this address lose it", severity: "clients-cut-off" }
        : lost(name, context);
}

const OUTSIDE: Consequence = {
    what: "Kafka is reached from outside of the Kubernetes cluster",
    severity: "cluster-opens",
};

/** Tells whether a Service leads outside that did not, and no load balancer of the stack's own did so in its place. */
function leadsOutside({ old, new: now }: Change, { changes, isNewKafka }: Context): boolean {
    const isOutside = (state: State | undefined) =>
        state !== undefined && ["NodePort", "LoadBalancer"].includes(typeOf(state));
    return (
        !isNewKafka &&
        isOutside(now) &&
        !isOutside(old) &&
        !changes.some(({ type, old: before }) => type === LOAD_BALANCER && before !== undefined)
    );
}

const LOAD_BALANCER = "aws:lb/loadBalancer:LoadBalancer";

/** Type and ports, as far as clients use them. */
function addresses(state: State | undefined): string {
    return `${typeOf(state)} ${ports(state).join(", ")}`;
}

function ports(state: State | undefined): string[] {
    return listOfPorts(state).map(({ port, nodePort }) =>
        nodePort === undefined ? show(port) : `${show(port)} (node port ${show(nodePort)})`,
    );
}

/** The ports of one kind by which a Service is reached. */
function portsOf(state: State | undefined, kind: "port" | "nodePort"): unknown[] {
    return listOfPorts(state)
        .map((each) => each[kind])
        .filter((port) => port !== undefined);
}

function listOfPorts(state: State | undefined) {
    const list = valueAt(state?.inputs, "spec", "ports");
    return (Array.isArray(list) ? list : []).filter(isObject);
}

function typeOf(state: State | undefined): string {
    return textAt(state?.inputs, "spec", "type") ?? "ClusterIP";
}

/** Each type of Service has the ways of those before it. */
const WAYS = ["ClusterIP", "NodePort", "LoadBalancer"];

function judgePorts(change: Change, subject: string, context: Context): readonly Effect[] {
    const { old, new: now } = change;
    const [from, to] = [addresses(old), addresses(now)];
    if (from === to) {
        return [];
    }
    const isLost =
        (["port", "nodePort"] as const).some((kind) =>
            portsOf(old, kind).some((port) => !portsOf(now, kind).includes(port)),
        ) || WAYS.indexOf(typeOf(now)) < WAYS.indexOf(typeOf(old));
    const outcomes: Consequence[] = [
        ...(leadsOutside(change, context) ? [OUTSIDE] : []),
        ...(isLost ? [lostPorts(change, context)] : []),
    ];
    return (
        outcomes.length > 0
            ? outcomes
            : [{ what: "is reached in more ways than before", severity: "dynamic" } as const]
    ).map((outcome) => ({ subject, from, to, ...outcome }));
}

/** Where what clients use stays, it may still lead to something else. */
function judgeTargets({ old, new: now }: Change, subject: string): readonly Effect[] {
    return listOfPorts(old).flatMap((before) => {
        const after = listOfPorts(now).find(({ port }) => port === before["port"]);
        return (after === undefined ? [] : changedFields(targetOf(before), targetOf(after))).map(
            (field) => ({
                ...unknownField(`${subject}: port ${show(before["port"])}`, field),
                ...showChange(field.from, field.to),
            }),
        );
    });
}

/** A port of the pods that is called as that of the Service is its own, whatever both are called. */
function targetOf(service: Readonly<Record<string, unknown>>): object {
    const { name, port, targetPort = port, protocol = "TCP" } = service;
    return { targetPort: targetPort === name ? port : targetPort, protocol };
}

function judgeRanges({ old, new: now }: Change, subject: string): readonly Effect[] {
    const [from, to] = [old, now].map((state) => {
        const ranges = valueAt(state?.inputs, "spec", "loadBalancerSourceRanges");
        return Array.isArray(ranges) ? ranges.map(String) : undefined;
    });
    return from?.join() === to?.join() ? [] : judgeNetworks(subject, from, to);
}

function fieldsForClients(subject: string): Fields {
    return {
        [`metadata.annotations.${EXTERNAL_DNS_HOSTNAME}`]: ({ from }) => ({
            subject: `${subject}: DNS name`,
            ...(from === undefined
                ? { what: "gets a name", severity: "dynamic" }
                : { what: "clients that use the old name lose it", severity: "clients-cut-off" }),
        }),
        "spec.loadBalancerSourceRanges": undefined,
    };
}
