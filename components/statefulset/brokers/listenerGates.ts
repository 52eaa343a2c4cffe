import type {
    V1NetworkPolicySpec,
    V1PodSpec,
    V1Service,
    V1StatefulSet,
} from "@kubernetes/client-node";
import * as pulumi from "@pulumi/pulumi";
import type { DeployedListener } from "../../kafka/listeners";
import { KAFKA } from "../../kafka/names";
import type { Remembered } from "../../kafka/remembered";
import { MIN_ISR, replicationDefaults } from "../../kafka/replication";
import { gate } from "../../live/gate";
import { type LiveObjects, SERVICE } from "../../live/objects";
import { podFiles } from "../../live/podFiles";
import { valueOf } from "../../live/valueOf";
import type { CertificateSpec } from "../certificates/certificates";
import { dropAllKept, keepPolicy, policyPorts } from "../keptPolicies";
import { type Servers, serversOf } from "../servers";
import { knownEntry } from "../services/knownEntry";
import { type AnyService, isSameService } from "../services/sameService";
import { CONFIG_HASH } from "../statefulSetSpec";
import { advertisedConfigMap } from "./advertised";
import { checkBrokers } from "./brokerCheck";
import { type BrokerPodArgs, brokerPodSpec } from "./brokerPod";
import { hasListeners, portsOf } from "./hasListeners";

/** What the gates of listeners ask with. */
export interface ListenerGatesArgs extends BrokerPodArgs {
    /** @default - Nobody is asked. */
    readonly live?: LiveObjects;
    readonly listeners: readonly DeployedListener[];
    /** Number of brokers after the change. */
    readonly replicas: number;
    /** The brokers' own properties. */
    readonly config: Readonly<Record<string, string>>;
    readonly zookeeperImage: string;
    /** ConfigMap of the admin tool. It waits for no policy, whose gate waits for it. */
    readonly adminTool: pulumi.Input<string>;
    /** What the namespace remembers of the data in it. */
    readonly remembered: pulumi.Input<Remembered>;
    readonly restartWhileDegraded: boolean;
}

/**
 * The gate of the brokers' network policy. Other listeners come with a restart of the brokers. The policy changes long before, so
 * it asks whether they may restart. Until they have, what is allowed now stays allowed, also where there was no policy.
 */
export function policyGate(args: ListenerGatesArgs): pulumi.ResourceHookBinding | undefined {
    const { namespace, listeners } = args;
    return gate<SentPolicy>("kafka-policy-gate", args.live, async ({ after }, live) => {
        const servers = await serversOf(live, namespace, KAFKA);
        if (servers === undefined) {
            return dropAllKept(live, namespace);
        }
        const known = await policyPorts(live, namespace);
        const has = (pod: V1PodSpec) => hasListeners(pod, listeners, known);
        const sent = servers.set?.spec!.template.spec;
        // Brokers without a StatefulSet have what an unknown one gave them.
        const restarts = sent === undefined || !has(sent);
        if (restarts) {
            await askBrokers(servers, args, live);
        }
        // An `up` that ended early may have left pods with other ports than those of their StatefulSet.
        const pods = [...(sent === undefined ? [] : [sent]), ...servers.pods];
        if (restarts || !pods.every(has)) {
            const ports = [...new Set(pods.flatMap(portsOf).map((each) => each.containerPort))];
            const ingress = [{ ports: ports.map((port) => ({ protocol: "TCP", port })) }];
            await keepPolicy(live, namespace, { ...after.spec, ingress });
        }
    });
}

interface SentPolicy {
    readonly spec: V1NetworkPolicySpec;
}

/**
 * The gate of the brokers' Services, which change with listeners only, and before the brokers restart. All of them ask together.
 * One that the state does not know may be there all the same.
 */
export function servicesGate(args: ListenerGatesArgs): pulumi.ResourceHookBinding | undefined {
    const ask = question(args);
    return gate<AnyService>("kafka-services-gate", args.live, async (change, live) => {
        const name = change.after.metadata!.name!;
        const { namespace } = args;
        const now = await live.read<V1Service>({ ...SERVICE, namespace, name });
        if (now !== undefined && !isSameService(change, now)) {
            await ask(live);
        }
    });
}

/**
 * The gate of the brokers' certificate, which comes before they restart: one that restarts by chance lacks the names that it
 * loses. More names harm nobody.
 */
export function certificateGate(args: ListenerGatesArgs): pulumi.ResourceHookBinding | undefined {
    const ask = question(args);
    return gate<SentCertificate>(
        "kafka-certificate-gate",
        args.live,
        async ({ before, after }, live) => {
            const names = namesOf(after);
            if (before !== undefined && namesOf(before).some((name) => !names.includes(name))) {
                await ask(live);
            }
        },
    );
}

interface SentCertificate {
    readonly spec: Pick<CertificateSpec, "dnsNames" | "ipAddresses">;
}

function namesOf({ spec }: SentCertificate): string[] {
    return [...(spec.dnsNames ?? []), ...(spec.ipAddresses ?? [])];
}

/** Asks once, whoever waits for the answer, whether the brokers may restart with other listeners; nobody where they have them. */
function question(args: ListenerGatesArgs): (live: LiveObjects) => Promise<void> {
    let answer: Promise<void> | undefined;
    const ask = async (live: LiveObjects) => {
        const servers = await serversOf(live, args.namespace, KAFKA);
        if (!(await hasAddresses(servers?.set, args))) {
            await askBrokers(servers, args, live);
        }
    };
    return (live) => (answer ??= ask(live));
}

/** Whether brokers of the StatefulSet advertise these listeners at these addresses already: then no restart comes with them. */
async function hasAddresses(
    set: V1StatefulSet | undefined,
    args: ListenerGatesArgs,
): Promise<boolean> {
    const pod = set?.spec!.template.spec;
    if (pod === undefined || !hasListeners(pod, args.listeners, [])) {
        return false;
    }
    const entries = args.listeners.map((listener) =>
        knownEntry(listener, { ...args, brokers: args.replicas }),
    );
    if (!entries.every((entry) => entry !== undefined)) {
        // A cloud may assign others as soon as the Services change.
        return false;
    }
    // Names of load balancers are inputs of the Services' component, so they are there before its gate asks.
    const { name } = advertisedConfigMap(args, await valueOf(pulumi.all(entries)));
    return podFiles(pod).some((file) => file.name === name);
}

/**
 * Asks what the brokers' StatefulSet asks when it changes. Warnings are its own.
 *
 * @throws Error with what speaks against other listeners.
 */
async function askBrokers(
    servers: Servers | undefined,
    args: ListenerGatesArgs,
    live: LiveObjects,
): Promise<void> {
    // Where there is none nobody is cut off.
    if (servers === undefined) {
        return;
    }
    const remembered = await valueOf(args.remembered);
    const properties = {
        ...replicationDefaults(args.replicas, args.config, remembered.minInsyncReplicas),
        ...args.config,
    };
    const after = {
        spec: {
            replicas: args.replicas,
            template: {
                // The hash of other listeners is another one, whatever it becomes: brokers restart.
                metadata: { annotations: { [CONFIG_HASH]: "" } },
                spec: brokerPodSpec(args),
            },
        },
    };
    const adminTool = await valueOf(args.adminTool);
    try {
        await checkBrokers(
            { before: undefined, after: after as never },
            {
                ...args,
                live,
                remembered,
                adminTool,
                minInsyncReplicas: Number(properties[MIN_ISR]),
                warn: () => {},
            },
        );
    } catch (error) {
        throw new Error(refusal((error as Error).message), { cause: error });
    }
}

/** The reason is about brokers. What is asked about, and what else ends the refusal, are the listeners. */
function refusal(reason: string): string {
    const joint = reason.includes("Next: ") ? "; " : ". Next: ";
    return (
        "listeners: expected those that the brokers have, got others, which restart brokers. " +
        `${reason}${joint}set the listeners back to let the rest through`
    );
}
