import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { KubeConfig } from "@kubernetes/client-node";
import type { PulumiCommand } from "@pulumi/pulumi/automation";
import type { ListrTask } from "listr2";
import { createKafka, type KafkaClient } from "../client/kafka";
import { BareKafka } from "./bareKafka";
import { withClientFile } from "./clientFile";
import type { KafkaDeployment } from "./deployment";
import { deployEmptyStack } from "./emptyStack";
import { firstMessage } from "./firstMessage";
import { Java } from "./java";
import { type MeasuredListener, measureListeners } from "./listenerFigures";
import { underLoad } from "./load";
import { loseNodeOf } from "./nodeLoss";
import { OUR_NAMESPACE, plainConfig, SECURED, securedConfig } from "./ourConfig";
import { OurKafka } from "./ourKafka";
import { deployedProperties, PlainKafka } from "./plainKafka";
import { producerSpeed } from "./producerSpeed";
import type { Samples } from "./samples";

/** Names of what can be measured on a lab that is up. */
export const BENCHES = ["deploy", "throughput", "preview", "roll", "node", "security"] as const;

/** Something to measure. */
export type BenchName = (typeof BENCHES)[number];

/** What a {@link Suite} works with. */
export interface SuiteArgs {
    /** Which ones to measure. */
    readonly benches: ReadonlySet<BenchName>;
    readonly kubeConfig: KubeConfig;
    /** Pulumi's CLI, if it is there. */
    readonly pulumi: PulumiCommand | undefined;
    /** Directory for everything that is written; it is the caller's to delete. */
    readonly directory: string;
    /** What is measured is added here. */
    readonly samples: Samples;
}

/** Rounds of what is short; both sides take turns. */
const DEPLOY_ROUNDS = 3;
const ROLL_ROUNDS = 2;
const THROUGHPUT_ROUNDS = 5;
const PREVIEW_ROUNDS = 5;
/** How often it is deployed without and with security; there are rounds in each deployment. */
const SECURITY_TURNS = 2;
/** Half of the memory limit, as in the deployments. */
const HEAP_MIB = 512;

/** The measurements on a lab that is up: what is compared is measured in turns, and one deployment is up at a time. */
export class Suite {
    private readonly ours: OurKafka;
    private readonly secured: OurKafka;
    private readonly bare: BareKafka;
    private readonly deployed = new Set<KafkaDeployment>();
    private plain?: PlainKafka;
    private compiled?: Java;
    private topics = 0;

    constructor(private readonly args: SuiteArgs) {
        // Without Pulumi, addresses of load balancers are not known in time.
        const external = args.pulumi === undefined ? "nodePort" : "loadBalancer";
        this.ours = new OurKafka({ ...args, config: plainConfig(external) });
        this.secured = new OurKafka({ ...args, config: securedConfig() });
        this.bare = new BareKafka(args.kubeConfig);
    }

    /** Everything to do, in its order. */
    tasks(): ListrTask[] {
        const { benches, pulumi, samples } = this.args;
        const { ours, bare } = this;
        const rounds = benches.has("deploy") ? DEPLOY_ROUNDS : 1;
        const onOurs = benches.has("throughput") || benches.has("preview") || benches.has("node");
        const needsOurs = onOurs || benches.has("deploy") || benches.has("roll");
        const needsBare = benches.has("deploy") || benches.has("roll");
        return [
            {
                title: "Compile the clients",
                task: async () => {
                    this.compiled = await Java.compile(this.args.directory);
                },
            },
            ...Array.from({ length: rounds - 1 }, () => [
                this.up("Our deployment", ours, samples.deploy.ours),
                this.down("our deployment", ours),
                this.up("Bare manifests", bare, samples.deploy.reference),
                this.down("bare manifests", bare),
            ]).flat(),
            ...(needsOurs ? [this.up("Our deployment", ours, samples.deploy.ours)] : []),
            ...(benches.has("throughput") ? [this.throughput()] : []),
            ...(benches.has("preview")
                ? [
                      {
                          title: "Preview without changes",
                          skip: () => pulumi === undefined && "Preview: there is no Pulumi CLI",
                          task: () => this.preview(pulumi!),
                      },
                  ]
                : []),
            ...(benches.has("roll") ? [this.rolls("our brokers", ours, samples.roll.ours)] : []),
            ...(benches.has("node") ? [this.nodeLosses()] : []),
            ...(needsOurs ? [this.down("our deployment", ours)] : []),
            ...(needsBare ? [this.up("Bare manifests", bare, samples.deploy.reference)] : []),
            ...(benches.has("roll")
                ? [this.rolls("bare manifests", bare, samples.roll.reference)]
                : []),
            ...(needsBare ? [this.down("bare manifests", bare)] : []),
            ...(benches.has("security") ? this.security() : []),
        ];
    }

    /** Takes down what is still there, after whatever went wrong. */
    async cleanUp(): Promise<void> {
        await this.plain?.stop();
        for (const deployment of this.deployed) {
            await deployment.destroy();
        }
    }

    private up(what: string, deployment: KafkaDeployment, times: number[] = []): ListrTask {
        return {
            title: `${what}: from an empty namespace to the first message`,
            task: async (_, task) => {
                await deployment.prepare();
                this.deployed.add(deployment);
                const start = performance.now();
                await deployment.deploy();
                const deployed = (performance.now() - start) / 1000;
                await firstMessage(deployment.kafka);
                const seconds = (performance.now() - start) / 1000;
                if (this.args.benches.has("deploy")) {
                    times.push(seconds);
                }
                task.title += `: ${seconds.toFixed(1)} s (deployed after ${deployed.toFixed(1)} s)`;
            },
        };
    }

    private down(what: string, deployment: KafkaDeployment): ListrTask {
        return {
            title: `Remove ${what}`,
            task: async () => {
                await deployment.destroy();
                this.deployed.delete(deployment);
            },
        };
    }

    private throughput(): ListrTask {
        return {
            title: "Producer throughput, here and on plain processes",
            task: async (_, task) => {
                const { java, ours } = this;
                const { samples } = this.args;
                const plain = new PlainKafka(java, join(this.args.directory, "plain"));
                this.plain = plain;
                await plain.start(
                    await deployedProperties(this.args.kubeConfig, OUR_NAMESPACE),
                    HEAP_MIB,
                );
                const plainClient = createKafka({ bootstrap: plain.bootstrap.split(",") });
                const run = (client: KafkaClient, bootstrap: string, topic: string) =>
                    withClientFile(this.args.directory, { bootstrap }, (file) =>
                        producerSpeed(java, client, file, topic),
                    );
                // The first round warms both up and does not count.
                for (let round = 0; round <= THROUGHPUT_ROUNDS; round++) {
                    const topic = `bench-speed-${round}`;
                    const here = await run(ours.kafka.client(), ours.kafka.bootstrap, topic);
                    const there = await run(plainClient, plain.bootstrap, topic);
                    task.output = `round ${round}: ${here} and ${there} MiB/s`;
                    if (round > 0) {
                        samples.throughput.ours.push(here);
                        samples.throughput.reference.push(there);
                    }
                }
                await plain.stop();
            },
        };
    }

    private async preview(pulumi: PulumiCommand): Promise<void> {
        const directory = join(this.args.directory, "empty");
        mkdirSync(directory);
        const empty = await deployEmptyStack(directory, pulumi);
        const { preview } = this.args.samples;
        for (let round = 0; round < PREVIEW_ROUNDS; round++) {
            for (const [stack, times] of [
                [this.ours.stack!, preview.ours],
                [empty, preview.reference],
            ] as const) {
                const start = performance.now();
                await stack.preview({ expectNoChanges: true, suppressProgress: true });
                times.push((performance.now() - start) / 1000);
            }
        }
    }

    private rolls(what: string, deployment: KafkaDeployment, rolls: Samples["roll"]["ours"]) {
        return {
            title: `Rolling restart of ${what} under load`,
            task: async (_: unknown, task: { output: string }) => {
                for (let round = 0; round < ROLL_ROUNDS; round++) {
                    let duration = 0;
                    const load = await this.load(deployment, "roll", async () => {
                        duration = await deployment.brokers.roll(() => deployment.change());
                    });
                    rolls.push({ ...load, duration });
                    task.output = `${duration.toFixed(1)} s, stall ${load.stall.toFixed(2)} s`;
                }
            },
        };
    }

    private nodeLosses(): ListrTask {
        const { ours } = this;
        const { samples } = this.args;
        return {
            title: "Loss and return of each broker's node under load",
            task: async (_, task) => {
                for (const ordinal of ours.kafka.brokers.keys()) {
                    let recovery = 0;
                    const load = await this.load(ours, "node", async () => {
                        recovery = await loseNodeOf(ours, ordinal);
                    });
                    samples.node.push({ ...load, recovery });
                    task.output = `broker ${ordinal}: stall ${load.stall.toFixed(2)} s`;
                }
            },
        };
    }

    private security(): ListrTask[] {
        const { ours, secured } = this;
        const { security } = this.args.samples;
        const { listeners } = SECURED;
        const internal = { listener: listeners.plaintext, figures: security.unencrypted };
        return Array.from({ length: SECURITY_TURNS }, () => [
            this.up("Our deployment in plain text", ours),
            this.listeners("in plain text", ours, [internal]),
            this.down("our deployment", ours),
            this.up("Our deployment with security", secured),
            this.listeners("through listeners with and without TLS", secured, [
                { listener: listeners.plaintext, figures: security.plaintext },
                { listener: listeners.tls, figures: security.tls },
                { listener: listeners.scram, figures: security.scram },
            ]),
            this.down("our deployment", secured),
        ]).flat();
    }

    private listeners(
        how: string,
        deployment: KafkaDeployment,
        listeners: readonly MeasuredListener[],
    ): ListrTask {
        return {
            title: `Producer throughput and latency ${how}`,
            task: async (_, task) => {
                const { java } = this;
                const { kubeConfig, directory } = this.args;
                await measureListeners(
                    { java, kubeConfig, directory },
                    deployment,
                    listeners,
                    (line) => {
                        task.output = line;
                    },
                );
            },
        };
    }

    private async load(deployment: KafkaDeployment, name: string, happening: () => Promise<void>) {
        const { java } = this;
        const { directory } = this.args;
        const topic = `bench-${name}-${this.topics++}`;
        await deployment.kafka.waitForFullIsr();
        return underLoad({ java, directory }, deployment.kafka, topic, happening);
    }

    private get java(): Java {
        return this.compiled!;
    }
}
