import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { KafkaSpec, KafkaStatus } from "./kafkaSpec";
import { STRIMZI_API } from "./names";
import { KafkaNodePoolSpec } from "./nodePools";
import { KafkaTopicSpec } from "./topics";
import { KafkaUserSpec } from "./users";

/** Arguments of a resource of Strimzi's. */
export interface StrimziResourceArgs<Spec> {
    readonly metadata: k8s.types.input.meta.v1.ObjectMeta;
    readonly spec: pulumi.Input<Spec>;
}

const API_VERSION = `${STRIMZI_API.group}/${STRIMZI_API.version}`;

/** A Kafka cluster. */
export class Kafka extends k8s.apiextensions.CustomResource {
    /** What it has now, which may be of an earlier `up`; `undefined` where there is none. */
    declare readonly spec: pulumi.Output<KafkaSpec | undefined>;
    /** What the operator says of it. */
    declare readonly status: pulumi.Output<KafkaStatus | undefined>;

    constructor(
        name: string,
        args: StrimziResourceArgs<KafkaSpec>,
        opts?: pulumi.CustomResourceOptions,
    ) {
        // The SDK makes an output of every key that is there.
        super(name, { apiVersion: API_VERSION, kind: "Kafka", ...args, status: undefined }, opts);
    }
}

/** Nodes of one kind in a Kafka cluster. */
export class KafkaNodePool extends k8s.apiextensions.CustomResource {
    constructor(
        name: string,
        args: StrimziResourceArgs<KafkaNodePoolSpec>,
        opts?: pulumi.CustomResourceOptions,
    ) {
        super(name, { apiVersion: API_VERSION, kind: "KafkaNodePool", ...args }, opts);
    }
}

/** A topic of a Kafka cluster. */
export class KafkaTopic extends k8s.apiextensions.CustomResource {
    constructor(
        name: string,
        args: StrimziResourceArgs<KafkaTopicSpec>,
        opts?: pulumi.CustomResourceOptions,
    ) {
        super(name, { apiVersion: API_VERSION, kind: "KafkaTopic", ...args }, opts);
    }
}

/** A user of a Kafka cluster. */
export class KafkaUser extends k8s.apiextensions.CustomResource {
    constructor(
        name: string,
        args: StrimziResourceArgs<KafkaUserSpec>,
        opts?: pulumi.CustomResourceOptions,
    ) {
        super(name, { apiVersion: API_VERSION, kind: "KafkaUser", ...args }, opts);
    }
}
