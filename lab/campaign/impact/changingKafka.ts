import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { EngineEvent, Stack } from "@pulumi/pulumi/automation";
import { deleteNamespace } from "../../bench/namespaces";
import { OUR_NAMESPACE } from "../../bench/ourConfig";
import { RunningKafka } from "../../bench/runningKafka";
import { reasonIn } from "../../faults/upMessages";
import { openStack } from "../../pulumi/stack";
import { findAccess } from "../../../tools/client/connection";
import { type Assessment, assess } from "../../../tools/impact/assess";
import { parsePreview } from "../../../tools/impact/preview";
import type { DeploymentArgs, StagedKafka } from "../stage";
import { configOf, NAMES, type Settings } from "./settings";
import { previewJson } from "./previewEvents";

const STACK = "impact";

/** Our own program with one configuration after the other. */
export class ChangingKafka implements StagedKafka {
    readonly kafka: RunningKafka;
    private directory = "";
    private current: Settings;

    /**
     * @param base What it is deployed with.
     * @param brokers How many brokers that has.
     */
    constructor(
        private readonly args: DeploymentArgs,
        private readonly base: Settings,
        brokers: number,
    ) {
        this.kafka = new RunningKafka(OUR_NAMESPACE, brokers);
        this.current = base;
    }

    async prepare(): Promise<void> {
        await deleteNamespace(this.args.kubeConfig, OUR_NAMESPACE);
        this.directory = mkdtempSync(join(this.args.directory, "stack-"));
        this.current = this.base;
    }

    async deploy(): Promise<void> {
        await (await this.open(this.base)).up({ suppressProgress: true });
        const { kubeConfig } = this.args;
        const choice = { listener: NAMES.listeners.load, user: NAMES.load };
        const access = await findAccess({ kubeConfig, namespace: OUR_NAMESPACE }, choice);
        this.kafka.security = access.security;
    }

    /**
     * Makes that the stack has a configuration, if it does not have it.
     *
     * @throws Error when `up` fails.
     */
    async bring(settings: Settings): Promise<void> {
        if (JSON.stringify(this.current) !== JSON.stringify(settings)) {
            await (await this.open(settings)).up({ suppressProgress: true });
            this.current = settings;
        }
        await this.kafka.waitForFullIsr();
    }

    /** What a change to another configuration means, from a preview of the engine. */
    async assess(settings: Settings): Promise<Assessment> {
        const events: EngineEvent[] = [];
        const onEvent = (event: EngineEvent) => void events.push(event);
        await (await this.open(settings)).preview({ onEvent, suppressProgress: true });
        return assess(parsePreview(previewJson(events)));
    }

    /**
     * Changes to another configuration.
     *
     * @returns Why that was refused; `undefined` when it was not.
     */
    async change(settings: Settings): Promise<string | undefined> {
        try {
            await this.bring(settings);
            return undefined;
        } catch (error) {
            return reasonIn((error as Error).message);
        }
    }

    async destroy(): Promise<void> {
        await (await this.open(this.current)).destroy({ suppressProgress: true });
        await deleteNamespace(this.args.kubeConfig, OUR_NAMESPACE);
    }

    private open(settings: Settings): Promise<Stack> {
        const { engine } = this.args;
        const { directory } = this;
        return openStack({ stack: STACK, config: configOf(settings), directory, engine });
    }
}
