import { isObject } from "../../../config/everyFault";
import { EXTERNAL_DNS_HOSTNAME } from "../../../components/kafka/addresses";
import { type Fields, textAt, textsAt, valueAt } from "../fields";
import { changedSides } from "./internet";

/** What says in a listener of a `Kafka` resource who may connect, which is judged by itself. */
export function withoutNetworks(listener: Fields | undefined): Fields | undefined {
    if (listener === undefined) {
        return undefined;
    }
    const { networkPolicyPeers: _peers, ...rest } = listener;
    const { configuration } = rest;
    if (!isObject(configuration)) {
        return rest;
    }
    const { loadBalancerSourceRanges: _ranges, ...others } = configuration;
    return { ...rest, configuration: others };
}

/** Tells whether clients find a listener, or one of its brokers that stays, elsewhere than before. */
export function changesAddress(before: Fields, after: Fields): boolean {
    const [old, now] = [addressesOf(before), addressesOf(after)];
    return (
        ANNOTATIONS.some((of) => changedSides(of(before), of(after)).length > 0) ||
        Object.entries(old).some(
            ([name, address]) =>
                address !== undefined &&
                address !== now[name] &&
                // A broker that goes takes its address with it.
                !(name.startsWith(BROKER) && now[name] === undefined),
        )
    );
}

const BROKER = "broker ";

/** What clients know of where a listener is, by what it belongs to; a name that is new takes none away. */
function addressesOf(listener: Fields): Readonly<Record<string, string | undefined>> {
    const configuration = valueAt(listener, "configuration");
    const brokers = valueAt(configuration, "brokers");
    const nodePort = valueAt(configuration, "bootstrap", "nodePort");
    return {
        // A node's address, that of a load balancer, and one inside of the cluster are not the same.
        type: textAt(listener, "type") ?? "internal",
        class: textAt(configuration, "class") ?? "the cluster's own",
        template: textAt(configuration, "advertisedHostTemplate"),
        name: textAt(configuration, "bootstrap", "annotations", EXTERNAL_DNS_HOSTNAME),
        nodePort: nodePort === undefined ? undefined : JSON.stringify(nodePort),
        ...Object.fromEntries(
            (Array.isArray(brokers) ? brokers : [])
                .filter(isObject)
                .map(({ broker, advertisedHost, advertisedPort, nodePort: port }) => [
                    BROKER + String(broker),
                    JSON.stringify([advertisedHost, advertisedPort, port]),
                ]),
        ),
    };
}

/** What clouds read of the load balancer of a listener's bootstrap address. */
export function annotationsOf(listener: Fields): Readonly<Record<string, string>> {
    return textsAt(listener, "configuration", "bootstrap", "annotations");
}

/** What clouds read of the load balancers of a listener: that of its bootstrap address, and those of its brokers. */
export const ANNOTATIONS = [
    annotationsOf,
    (listener: Fields) => textsAt(listener, "configuration", "perBrokerAnnotationsTemplate"),
] as const;
