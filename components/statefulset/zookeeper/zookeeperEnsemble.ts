import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DataArgs } from "../../kubernetes/data";
import { DurableStatefulSet } from "../durableStatefulSet";
import { passwordSecret } from "../../kafka/passwordSecret";
import { objectLabels } from "../../kubernetes/labels";
import { ZOOKEEPER, ZOOKEEPER_AUTH, ZOOKEEPER_HEADLESS } from "../../kafka/names";
import type { ServiceAdditions, StartAdditions } from "../../kubernetes/podAdditions";
import { Placement, Resources, Spread, Storage } from "../../kubernetes/pods";
import { contentHash, renderProperties } from "../../kubernetes/files";
import { readScripts } from "../scripts";
import { clusterService, headlessService, serviceMetadata } from "../services/services";
import { remember } from "../../kafka/remembered";
import { atTheEndOf } from "../../live/afterwards";
import { valueOf } from "../../live/valueOf";
import type { ServerAdditions } from "../serverContainer";
import type { Waiting } from "../waiting";
import { checkMembers } from "./memberCheck";
import { ZookeeperAuthentication } from "./zookeeperIdentity";
import { zookeeperPodSpec } from "./zookeeperPod";
import { ZOOKEEPER_PORTS, zookeeperProperties } from "./zookeeperProperties";

/** Arguments of {@link ZookeeperEnsemble}. */
export interface ZookeeperEnsembleArgs extends DataArgs, Waiting, ServerAdditions {
    /** Namespace of the ensemble. */
    readonly namespace: string;
    /** DNS domain of the Kubernetes cluster, such as `cluster.local`. */
    readonly clusterDomain: string;
    /** Number of members, odd. It can't be changed in place. */
    readonly replicas: number;
    /** Image with ZooKeeper, e.g. `confluentinc/cp-zookeeper:7.5.0`. */
    readonly image: string;
    /** Whether sessions without authentication are refused. */
    readonly authentication: ZookeeperAuthentication;
    /** ConfigMap of the admin tool, which asks Kafka before members restart. */
    readonly adminTool: pulumi.Input<string>;
    /**
     * What the pods of the program's Jobs start with.
     *
     * @default - Nothing.
     */
    readonly jobPods?: StartAdditions;
    /** Labels and annotations of the ensemble's Services, beside those of the program. */
    readonly services?: ServiceAdditions;
    /** Volume of each member. */
    readonly storage: Storage;
    /** Requests and limits of each member. */
    readonly resources: Resources;
    /** How strictly the members are kept on different zones and hosts. */
    readonly spread: Spread;
    /**
     * Nodes that they are kept to.
     *
     * @default - Any.
     */
    readonly placement?: Placement;
}

/**
 * A ZooKeeper ensemble: the StatefulSet `zookeeper`, the Services `zookeeper` for clients and `zookeeper-headless` for
 * the members, a volume for each member, and the password of its only user in the Secret `zookeeper-auth`. No update of it begins
 * while a member is down. Brokers need no more than a quorum.
 */
export class ZookeeperEnsemble extends pulumi.ComponentResource {
    /** Resolves when brokers may go on: all members serve, or a quorum does and the others are in trouble. */
    readonly serving: pulumi.Output<pulumi.Resource>;
    /** Resolves when all members serve; in a preview at once. */
    readonly ready: pulumi.Output<pulumi.Resource>;

    constructor(name: string, args: ZookeeperEnsembleArgs, opts?: pulumi.ComponentResourceOptions) {
        super("kafka-eks:index:ZookeeperEnsemble", name, {}, opts);
        const { client, ...peerPorts } = ZOOKEEPER_PORTS;
        const clientPort = { name: "client", port: client };
        const services = [
            clusterService("client", ZOOKEEPER, "zookeeper", [clientPort]),
            headlessService(ZOOKEEPER_HEADLESS, "zookeeper", [
                clientPort,
                ...Object.entries(peerPorts).map(([port, number]) => ({
                    name: port,
                    port: number,
                })),
            ]),
        ].map(
            (service) =>
                new k8s.core.v1.Service(
                    `${name}-${service.role}`,
                    {
                        metadata: serviceMetadata(service, "zookeeper", args),
                        spec: service.spec,
                    },
                    { parent: this },
                ),
        );
        const password = passwordSecret(
            `${name}-auth`,
            {
                metadata: {
                    name: ZOOKEEPER_AUTH,
                    namespace: args.namespace,
                    labels: objectLabels("zookeeper"),
                },
                live: args.live,
            },
            { parent: this },
        );
        const files = {
            ...readScripts([
                "log4j.properties",
                "server-checks.sh",
                "zookeeper/start-zookeeper.sh",
                "zookeeper/zookeeper-alive.sh",
                "zookeeper/zookeeper-in-quorum.sh",
            ]),
            "zookeeper.properties": renderProperties(
                zookeeperProperties({ ...args, members: args.replicas }),
            ),
        };
        const pod = zookeeperPodSpec(args);
        const members = new DurableStatefulSet(
            `${name}-members`,
            {
                ...args,
                application: "zookeeper",
                headlessService: ZOOKEEPER_HEADLESS,
                // The first members can't be ready before there is a quorum.
                podManagementPolicy: "Parallel",
                pod,
                files,
                moreFiles: [],
                configHash: contentHash(Object.entries(files).sort()),
                quorum: {
                    pods: quorumOf(args.replicas),
                    // From now on the ensemble has data, whatever becomes of the other members.
                    reached: (cluster) =>
                        remember(cluster, args.namespace, { zookeeperMembers: args.replicas }),
                },
                check: async (change, cluster) =>
                    checkMembers(change, {
                        ...args,
                        live: cluster,
                        adminTool: await valueOf(args.adminTool),
                        warn: (text) => void pulumi.log.warn(text, this),
                    }),
            },
            { parent: this, dependsOn: [...services, password] },
        );
        this.serving = members.serving;
        this.ready = members.ready;
        this.registerOutputs({ ready: atTheEndOf(this.ready) });
    }
}

/** How many members decide. */
function quorumOf(members: number): number {
    return Math.floor(members / 2) + 1;
}
