import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import { LAB } from "..";
import { BrokerSet } from "./brokerSet";
import type { KafkaDeployment } from "./deployment";
import { labKubectl } from "./kubectl";
import { deleteNamespace } from "./namespaces";
import { RunningKafka } from "./runningKafka";

const MANIFESTS = join(__dirname, "manifests", "bare.yaml");

/** Namespace in the manifests. */
export const BARE_NAMESPACE = "kafka-bench-bare";

/** Bare manifests, as `kubectl` applies them. */
export class BareKafka implements KafkaDeployment {
    readonly kafka = new RunningKafka(BARE_NAMESPACE);
    readonly brokers: BrokerSet;

    constructor(private readonly kubeConfig: KubeConfig) {
        this.brokers = new BrokerSet(kubeConfig, BARE_NAMESPACE);
    }

    prepare(): Promise<void> {
        return deleteNamespace(this.kubeConfig, BARE_NAMESPACE);
    }

    async deploy(): Promise<void> {
        const manifests = readFileSync(MANIFESTS, "utf8").replaceAll("${IMAGE}", LAB.image);
        await labKubectl(["apply", "-f", "-"], { input: manifests });
    }

    /** What people do to restart brokers: an annotation of the pods, from which all of them are made anew. */
    async change(): Promise<void> {
        const target = ["statefulset/kafka", "--namespace", BARE_NAMESPACE];
        await labKubectl(["rollout", "restart", ...target]);
    }

    async destroy(): Promise<void> {
        await this.brokers.stop();
        await deleteNamespace(this.kubeConfig, BARE_NAMESPACE);
    }
}
