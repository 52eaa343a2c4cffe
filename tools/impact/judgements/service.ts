import {
    KAFKA_BOOTSTRAP,
    KAFKA_HEADLESS,
    KAFKA_SERVICE,
    ZOOKEEPER,
    ZOOKEEPER_HEADLESS,
} from "../../../components/kafka/names";
import { EXTERNAL_DNS_HOSTNAME } from "../../../components/kafka/addresses";
import type { Effect } from "../finding";
import { isObject, show, textAt, valueAt } from "../fields";
import { objectName, type Change, type State } from "../preview";
import { loadBalancerFields } from "./serviceLoadBalancer";
import { type Fields, judgeBy, LABELS, unknownField, WAITING } from "./table";

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

/** Judges the Services in front of brokers and ZooKeeper. */
export const judgeService = judgeBy((change) => {
    const name = objectName(change);
    const subject = SUBJECTS[name] ?? addressOf(name);
    if (subject === undefined) {
        return undefined;
    }
    return {
        subject,
        made: {
            to: show(addresses(change.new)),
            what: "is made; the addresses that are there stay",
            severity: "dynamic",
        },
        gone: {
            from: show(addresses(change.old)),
            what: lost(name),
            severity: "cluster-stops",
        },
        together: () => judgePorts(change, name, subject),
        fields: {
            ...LABELS,
            ...WAITING,
            "spec.type": undefined,
            "spec.ports": undefined,
            ...loadBalancerFields(change),
            ...fieldsForClients(subject),
            // Nothing else reads the stack's own.
            "metadata.annotations": (field) =>
                READ_BY_LOAD_BALANCERS.test(field.path[2] ?? "")
                    ? unknownField(subject, field)
                    : undefined,
        },
    };
}, "Service");

/** What clients know the Service of an external listener as. */
export function addressOf(name: string): string | undefined {
    const [, listener, role] = /^kafka-([a-z0-9]+)-(bootstrap|\d+)$/.exec(name) ?? [];
    if (listener === undefined) {
        return undefined;
    }
    return role === "bootstrap"
        ? `bootstrap address on listener ${listener}`
        : `address on listener ${listener} of broker ${role}`;
}

function lost(name: string): string {
    return INTERNAL.includes(name)
        ? "the pods behind it don't find each other without it"
        : "clients that use this address lose it";
}

/** Type and ports, as far as clients use them. */
function addresses(state: State | undefined): string {
    const type = textAt(state?.inputs, "spec", "type") ?? "ClusterIP";
    return `${type} ${ports(state).join(", ")}`;
}

function ports(state: State | undefined): string[] {
    const list = valueAt(state?.inputs, "spec", "ports");
    return (Array.isArray(list) ? list : [])
        .filter(isObject)
        .map(({ port, nodePort }) =>
            nodePort === undefined ? show(port) : `${show(port)} (node port ${show(nodePort)})`,
        );
}

function judgePorts({ old, new: now }: Change, name: string, subject: string): readonly Effect[] {
    const [from, to] = [addresses(old), addresses(now)];
    if (from === to) {
        return [];
    }
    const type = textAt(old?.inputs, "spec", "type");
    const isLost =
        ports(old).some((port) => !ports(now).includes(port)) ||
        (type !== undefined && type !== textAt(now?.inputs, "spec", "type"));
    return [
        {
            subject,
            from,
            to,
            what: isLost ? lost(name) : "is reached in more ways than before",
            severity: isLost ? "cluster-stops" : "dynamic",
        },
    ];
}

function fieldsForClients(subject: string): Fields {
    return {
        [`metadata.annotations.${EXTERNAL_DNS_HOSTNAME}`]: ({ from }) => ({
            subject: `${subject}: DNS name`,
            ...(from === undefined
                ? { what: "gets a name", severity: "dynamic" }
                : { what: "clients that use the old name lose it", severity: "cluster-stops" }),
        }),
        "spec.loadBalancerSourceRanges": ({ from, to }) => ({
            subject: `${subject}: clients that are let in`,
            from: show(from ?? "all"),
            to: show(to ?? "all"),
            what: "clients outside of these ranges are refused",
            severity: to === undefined ? "dynamic" : "cluster-stops",
        }),
    };
}
