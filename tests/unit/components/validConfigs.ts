import fc from "fast-check";
import { knownAddresses, type ListenerAddresses } from "../../../components/kafka/addresses";
import { podHost, serviceHost } from "../../../components/kafka/names";
import { bootstrapService } from "../../../components/statefulset/services/addresses";
import { loadConfig } from "../../../config";
import type { StatefulSetConfig } from "../../../config/stackConfig";
import { stackValues } from "../../support/mocks";

/** Numbers of brokers. */
export const brokerCount = fc.integer({ min: 1, max: 50 });
/** Names of namespaces. */
export const label = fc.stringMatching(/^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/);
const host = fc.stringMatching(/^[a-z]{1,10}(\.[a-z]{1,5}){0,2}$/);
const listenerName = fc
    .stringMatching(/^[a-z][a-z0-9]{0,10}$/)
    .filter((name) => !["replication", "plaintext", "ssl"].includes(name));

const listenerType = fc.oneof(
    fc.constant({ type: "internal" }),
    fc.record(
        { type: fc.constant("loadBalancer"), domain: host },
        { requiredKeys: ["type"], noNullPrototype: true },
    ),
    fc.record(
        {
            type: fc.constant("nodePort"),
            advertisedHosts: fc.uniqueArray(host, { minLength: 1, maxLength: 5 }),
            basePort: fc.integer({ min: 30000, max: 32767 }),
        },
        { noNullPrototype: true },
    ),
);

/** Configurations of which some are refused, for reasons that lie between the listeners and the brokers. */
const candidate = fc.record(
    {
        brokers: brokerCount,
        namespace: label,
        internal: fc.tuple(listenerName, fc.integer({ min: 9092, max: 65535 })),
        others: fc.array(
            fc.tuple(listenerName, fc.integer({ min: 9092, max: 65535 }), listenerType),
            { maxLength: 4 },
        ),
    },
    { noNullPrototype: true },
);

type Candidate = typeof candidate extends fc.Arbitrary<infer T> ? T : never;

function load({ brokers, namespace, internal, others }: Candidate) {
    const [name, port] = internal;
    return loadConfig(
        stackValues({
            platform: "kubeconfig",
            kafkaDeploymentType: "statefulset",
            namespace,
            kafka: { replicas: brokers },
            listeners: [
                { name, port, type: "internal" },
                ...others.map(([otherName, otherPort, type]) => ({
                    ...type,
                    name: otherName,
                    port: otherPort,
                })),
            ],
        }),
    ) as StatefulSetConfig;
}

/** Configurations that the program accepts, with the listeners' addresses, as a cloud would give them. */
export const valid = candidate
    .map((each): StatefulSetConfig | undefined => {
        try {
            return load(each);
        } catch {
            return undefined;
        }
    })
    .filter((config) => config !== undefined)
    .map((config) => ({ config, addresses: addressesOf(config) }));

/** The listeners' addresses; those that a cloud assigns are made up. */
export function addressesOf({ kafka, listeners, ...dns }: StatefulSetConfig) {
    return listeners.map((listener): ListenerAddresses & { name: string } => {
        const bootstrapPort = bootstrapService(listener, listeners).port;
        const known = knownAddresses(listener, {
            brokers: kafka.replicas,
            bootstrapHost: serviceHost("kafka-bootstrap", dns),
            bootstrapPort,
            brokerHost: (id) => podHost(`kafka-${id}`, "kafka-headless", dns),
        });
        const assigned = Array.from(
            { length: kafka.replicas },
            (_, n) => `${listener.name}-${n}.cloud:${listener.port}`,
        );
        const cloud = { bootstrap: `cloud:${bootstrapPort}`, brokers: assigned };
        return { name: listener.name, ...(known ?? cloud) };
    });
}
