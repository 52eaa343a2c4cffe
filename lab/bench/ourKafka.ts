import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import type { Stack } from "@pulumi/pulumi/automation";
import { PROJECT } from "../../config";
import type { Engine } from "../pulumi/find";
import { makeProject } from "../pulumi/project";
import { openStack, type StackArgs } from "../pulumi/stack";
import { BrokerSet } from "./brokerSet";
import type { KafkaDeployment } from "./deployment";
import { deleteNamespace } from "./namespaces";
import { OUR_NAMESPACE } from "./ourConfig";
import type { PreviewedStack } from "./preview";
import { RunningKafka } from "./runningKafka";

const STACK = "bench";
/** Any broker property without an effect on what is measured. */
const CHANGED_PROPERTY = "log.retention.hours";

/** What {@link OurKafka} works with. */
export interface OurKafkaArgs {
    readonly kubeConfig: KubeConfig;
    /** The stack's configuration by full key. */
    readonly config: Readonly<Record<string, string>>;
    /** Directory for Pulumi's state. */
    readonly directory: string;
    readonly engine: Engine;
}

/** Our own program, deployed by Pulumi's engine. */
export class OurKafka implements KafkaDeployment {
    readonly kafka = new RunningKafka(OUR_NAMESPACE);
    readonly brokers: BrokerSet;
    private stackDirectory = "";
    private changes = 0;
    private opened?: Stack;

    constructor(private readonly args: OurKafkaArgs) {
        this.brokers = new BrokerSet(args.kubeConfig, OUR_NAMESPACE);
    }

    /** The stack as a command line sees it. */
    get previewed(): PreviewedStack {
        return { stack: STACK, ...makeProject(this.stackDirectory, this.args.engine) };
    }

    /** The stack as another process opens it. */
    get stack(): Omit<StackArgs, "engine"> {
        return { stack: STACK, config: this.config, directory: this.stackDirectory };
    }

    /** The broker property that {@link configure} changes, with its value at present. */
    get changedProperty(): { readonly name: string; readonly value: string } {
        return { name: CHANGED_PROPERTY, value: String(168 + this.changes) };
    }

    async prepare(): Promise<void> {
        await deleteNamespace(this.args.kubeConfig, OUR_NAMESPACE);
        // A new state for each deployment: it does not know of one that could not be destroyed.
        this.stackDirectory = mkdtempSync(join(this.args.directory, "stack-"));
        await this.open();
    }

    async deploy(): Promise<void> {
        await this.opened!.up({ suppressProgress: true });
    }

    async change(): Promise<void> {
        await this.configure();
        await this.deploy();
    }

    /** Changes a broker property of the configuration, and nothing else yet. */
    async configure(): Promise<void> {
        this.changes += 1;
        await this.open();
    }

    /** Frees the stack from the lock of an `up` that was killed, as `pulumi cancel` does. */
    async unlock(): Promise<void> {
        await this.opened!.cancel();
    }

    async destroy(): Promise<void> {
        await this.opened!.destroy({ suppressProgress: true });
        await deleteNamespace(this.args.kubeConfig, OUR_NAMESPACE);
    }

    private async open(): Promise<void> {
        this.opened = await openStack({ ...this.stack, engine: this.args.engine });
    }

    private get config(): Record<string, string> {
        const { config } = this.args;
        const key = `${PROJECT}:kafka`;
        const kafka = JSON.parse(config[key]!) as { config?: Record<string, string> };
        const { name, value } = this.changedProperty;
        kafka.config = { ...kafka.config, [name]: value };
        return { ...config, [key]: JSON.stringify(kafka) };
    }
}
