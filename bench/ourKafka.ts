import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import type { PulumiCommand, Stack } from "@pulumi/pulumi/automation";
import { PROJECT } from "../config";
import { labConfig } from "../demo/labConfig";
import { openStack } from "../demo/pulumiEngine";
import { applyObjects, deleteObjects } from "../render/apply";
import { objectApi } from "../render/objectApi";
import { renderStack } from "../render/renderStack";
import { BrokerSet } from "./brokerSet";
import type { KafkaDeployment } from "./deployment";
import { deleteNamespace } from "./namespaces";
import { RunningKafka } from "./runningKafka";

/** Namespace of our own deployment. */
export const OUR_NAMESPACE = "kafka-bench";

const STACK = "bench";
/** Above those of the demo. */
const BASE_PORT = 31_090;
/** Any broker property without an effect on what is measured. */
const CHANGED_PROPERTY = "log.retention.hours";

/** Our own program: by Pulumi's CLI, else rendered and applied. */
export class OurKafka implements KafkaDeployment {
    readonly kafka = new RunningKafka(OUR_NAMESPACE);
    readonly brokers: BrokerSet;
    private stackDirectory = "";
    private changes = 0;
    private opened?: Stack;

    /**
     * @param directory Directory for Pulumi's state.
     * @param pulumi Pulumi's CLI, if it is there.
     */
    constructor(
        private readonly kubeConfig: KubeConfig,
        private readonly directory: string,
        private readonly pulumi: PulumiCommand | undefined,
    ) {
        this.brokers = new BrokerSet(kubeConfig, OUR_NAMESPACE);
    }

    /** The stack, of a deployment by Pulumi's CLI. */
    get stack(): Stack | undefined {
        return this.opened;
    }

    async prepare(): Promise<void> {
        await deleteNamespace(this.kubeConfig, OUR_NAMESPACE);
        // A new state for each deployment: it does not know of one that could not be destroyed.
        this.stackDirectory = mkdtempSync(join(this.directory, "stack-"));
        await this.open();
    }

    async deploy(): Promise<void> {
        if (this.opened !== undefined) {
            await this.opened.up({ suppressProgress: true });
        } else {
            await applyObjects(objectApi(this.kubeConfig), await this.rendered());
        }
    }

    async change(): Promise<void> {
        this.changes += 1;
        await this.open();
        await this.deploy();
    }

    async destroy(): Promise<void> {
        if (this.opened !== undefined) {
            await this.opened.destroy({ suppressProgress: true });
        } else {
            const objects = await this.rendered();
            await deleteObjects(objectApi(this.kubeConfig), objects, { deleteData: true });
        }
        await deleteNamespace(this.kubeConfig, OUR_NAMESPACE);
    }

    private async open(): Promise<void> {
        const { pulumi, config, stackDirectory: directory } = this;
        if (pulumi !== undefined) {
            this.opened = await openStack({ stack: STACK, config, directory, pulumi });
        }
    }

    private rendered() {
        return renderStack({ stack: STACK, config: this.config, showSecrets: true });
    }

    private get config(): Record<string, string> {
        // Without Pulumi, addresses of load balancers are not known in time.
        const external = this.pulumi === undefined ? "nodePort" : "loadBalancer";
        const config = labConfig(external, { namespace: OUR_NAMESPACE, basePort: BASE_PORT });
        const key = `${PROJECT}:kafka`;
        const kafka = JSON.parse(config[key]!) as { config?: Record<string, string> };
        kafka.config = { ...kafka.config, [CHANGED_PROPERTY]: String(168 + this.changes) };
        return {
            ...config,
            [key]: JSON.stringify(kafka),
            [`${PROJECT}:deleteDataOnDestroy`]: "true",
        };
    }
}
