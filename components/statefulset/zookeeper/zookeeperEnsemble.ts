import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { DataArgs } from "../../kubernetes/data";
import { DurableStatefulSet } from "../durableStatefulSet";
import { passwordSecret } from "../../kafka/passwordSecret";
import { jobMetadata } from "../jobs";
import { objectLabels } from "../../kubernetes/labels";
import type { LiveObjects } from "../../live/objects";
import { ZOOKEEPER, ZOOKEEPER_AUTH, ZOOKEEPER_HEADLESS } from "../../kafka/names";
import { Placement, Resources, Spread, Storage } from "../../kubernetes/pods";
import { contentHash, renderProperties } from "../../kubernetes/files";
import { readScripts } from "../scripts";
import { clusterService, headlessService, serviceMetadata } from "../services/services";
import { updateCheckJob } from "./updateCheck";
import { ZookeeperAuthentication } from "./zookeeperIdentity";
import { zookeeperPodSpec } from "./zookeeperPod";
import { ZOOKEEPER_PORTS, zookeeperProperties } from "./zookeeperProperties";

/** Arguments of {@link ZookeeperEnsemble}. */
export interface ZookeeperEnsembleArgs extends DataArgs {
    /** Namespace of the ensemble. */
    readonly namespace: string;
    /** Number of members, odd. It can't be changed in place. */
    readonly replicas: number;
    /** Image with ZooKeeper, e.g. `confluentinc/cp-zookeeper:7.5.0`. */
    readonly image: string;
    /** Whether sessions without authentication are refused. */
    readonly authentication: ZookeeperAuthentication;
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
    /** The objects of the cluster as they are now. */
    readonly live: LiveObjects;
}

/**
 * A ZooKeeper ensemble: the StatefulSet `zookeeper`, the Services `zookeeper` for clients and `zookeeper-headless` for
 * the members, a volume for each member, the password of its only user in the Secret `zookeeper-auth`, and a check that stops
 * an update while a member is down.
 */
export class ZookeeperEnsemble extends pulumi.ComponentResource {
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
                        metadata: serviceMetadata(service, "zookeeper", args.namespace),
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
                "zookeeper/start-zookeeper.sh",
                "zookeeper/zookeeper-alive.sh",
                "zookeeper/zookeeper-in-quorum.sh",
            ]),
            "zookeeper.properties": renderProperties(
                zookeeperProperties({ ...args, members: args.replicas }),
            ),
        };
        const pod = zookeeperPodSpec(args);
        const check = updateCheckJob({
            ...args,
            members: args.replicas,
            update: [files, pod],
        });
        const checkJob = new k8s.batch.v1.Job(
            `${name}-update-check`,
            {
                metadata: jobMetadata(check.name, "zookeeper", args.namespace),
                spec: check.spec,
            },
            { parent: this, dependsOn: [...services, password] },
        );
        new DurableStatefulSet(
            `${name}-members`,
            {
                ...args,
                application: "zookeeper",
                headlessService: ZOOKEEPER_HEADLESS,
                // The first members can't be ready before there is a quorum.
                podManagementPolicy: "Parallel",
                pod,
                files,
                configHash: contentHash(files),
            },
            { parent: this, dependsOn: checkJob },
        );
        this.registerOutputs();
    }
}
