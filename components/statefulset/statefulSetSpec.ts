import { types } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { objectLabels, selectorLabels } from "../kubernetes/labels";
import { DATA_VOLUME } from "../kafka/names";
import { Storage } from "../kubernetes/pods";

/** What the two StatefulSets differ in. */
export interface StatefulSetArgs {
    /** Name of the StatefulSet and value of the label that selects its pods. */
    readonly application: "kafka" | "zookeeper";
    /** Service that gives the pods their DNS names. */
    readonly headlessService: string;
    readonly replicas: number;
    /** `OrderedReady` restarts a pod only while all the others are ready; `Parallel` starts all pods at once. */
    readonly podManagementPolicy: "OrderedReady" | "Parallel";
    readonly pod: types.input.core.v1.PodSpec;
    /** Hash of the configuration that the pods read at start: they restart when it changes. */
    readonly configHash: pulumi.Input<string>;
    readonly storage: Storage;
}

/** The specification of a StatefulSet. */
export function statefulSetSpec(args: StatefulSetArgs): types.input.apps.v1.StatefulSetSpec {
    return {
        replicas: args.replicas,
        serviceName: args.headlessService,
        podManagementPolicy: args.podManagementPolicy,
        updateStrategy: { type: "RollingUpdate" },
        selector: { matchLabels: selectorLabels(args.application) },
        persistentVolumeClaimRetentionPolicy: { whenDeleted: "Retain", whenScaled: "Retain" },
        template: {
            metadata: {
                labels: objectLabels(args.application),
                annotations: { "kafka-eks/config-hash": args.configHash },
            },
            spec: args.pod,
        },
        volumeClaimTemplates: [{ metadata: { name: DATA_VOLUME }, spec: claimSpec(args.storage) }],
    };
}

/** The specification of the claim of one pod. */
export function claimSpec(storage: Storage): types.input.core.v1.PersistentVolumeClaimSpec {
    return {
        accessModes: ["ReadWriteOnce"],
        ...(storage.storageClass === undefined ? {} : { storageClassName: storage.storageClass }),
        resources: { requests: { storage: storage.size } },
    };
}
