import { existsSync, rmSync, writeFileSync } from "node:fs";
import type { KubeConfig } from "@kubernetes/client-node";
import { BARE_NAMESPACE } from "../bench/bareKafka";
import type { KafkaDeployment } from "../bench/deployment";
import { firstMessage } from "../bench/firstMessage";
import { Java } from "../bench/java";
import { deleteNamespace } from "../bench/namespaces";
import { OUR_NAMESPACE } from "../bench/ourConfig";
import type { DeployTimes } from "../bench/samples";
import { loadKubeConfig } from "../../tools/client/kubernetes";
import type { Engine } from "../pulumi/find";
import { LAB, labDown, labStatus, labUp, nodeStart } from "..";
import type { CampaignContext } from "./campaign";
import { kubernetesVersion } from "./versions";

/** What all deployments of a stage work with. */
export interface DeploymentArgs {
    readonly kubeConfig: KubeConfig;
    readonly engine: Engine;
    /** Directory for everything that is written. */
    readonly directory: string;
}

/** A Kafka that a stage deploys and removes. */
export type StagedKafka = Omit<KafkaDeployment, "brokers" | "change">;

/** What {@link Stage} works with. */
export interface StageArgs<Deployments> {
    readonly engine: Engine;
    /** What can be deployed, by name. */
    readonly deployments: (args: DeploymentArgs) => Deployments;
    /** Directory for everything that is written. */
    readonly files: string;
    /** A file that is there while the lab runs for the sake of the campaign alone. */
    readonly marker: string;
    readonly note: CampaignContext["note"];
}

/** The lab and what is deployed on it: one Kafka at a time, which stays until a round needs another one. */
export class Stage<Deployments extends Record<keyof Deployments, StagedKafka>> {
    private kubernetes?: { readonly config: KubeConfig; readonly deployments: Deployments };
    private current?: keyof Deployments;
    private compiled?: Java;

    constructor(private readonly args: StageArgs<Deployments>) {}

    get engine(): Engine {
        return this.args.engine;
    }

    /** Directory for everything that is written. */
    get files(): string {
        return this.args.files;
    }

    /** The name of what is deployed. */
    get deployed(): keyof Deployments | undefined {
        return this.current;
    }

    /** Access to the lab, which is started if it is down. */
    async kubeConfig(): Promise<KubeConfig> {
        return (await this.connect()).config;
    }

    /** The benchmarks' Java programs. */
    async java(): Promise<Java> {
        this.compiled ??= await Java.compile(this.files);
        return this.compiled;
    }

    /** Makes that one Kafka is deployed and works, and no other. */
    async show<Name extends keyof Deployments>(name: Name): Promise<Deployments[Name]> {
        const { deployments } = await this.connect();
        if (this.current !== name) {
            await this.deploy(name);
        }
        return deployments[name];
    }

    /** Deploys one into an empty namespace, in place of what is there. */
    async deploy(name: keyof Deployments): Promise<DeployTimes> {
        const deployment = await this.prepare(name);
        const start = performance.now();
        await deployment.deploy();
        const deployed = (performance.now() - start) / 1000;
        await firstMessage(deployment.kafka);
        return { deployed, firstMessage: (performance.now() - start) / 1000 };
    }

    /** Makes that one can be deployed by whoever calls this, in place of what is there. */
    async prepare<Name extends keyof Deployments>(name: Name): Promise<Deployments[Name]> {
        await this.clear();
        const deployment = (await this.connect()).deployments[name];
        await deployment.prepare();
        this.current = name;
        return deployment;
    }

    /** Removes what is deployed. */
    async clear(): Promise<void> {
        const { current } = this;
        if (current !== undefined) {
            await (await this.connect()).deployments[current].destroy();
            this.current = undefined;
        }
    }

    /** Removes what is deployed and can't be destroyed, for example after Ctrl-C: it goes with its namespace. */
    async abandon(): Promise<void> {
        await this.removeNamespaces((await this.connect()).config);
    }

    /** Leaves the lab as it was found. */
    async close(): Promise<void> {
        try {
            await this.clear();
        } catch {
            await this.abandon();
        } finally {
            await this.endLab();
        }
    }

    /** Whether the lab is down, or would be but for this campaign. */
    async labIsFree(): Promise<boolean> {
        return existsSync(this.args.marker) || (await labStatus()).state === "down";
    }

    /** Marks that the lab runs for the campaign alone, or does not run. */
    claimLab(): void {
        writeFileSync(this.args.marker, "");
    }

    /** Takes the lab down if it runs for the campaign alone. */
    async endLab(): Promise<void> {
        this.kubernetes = undefined;
        if (existsSync(this.args.marker)) {
            if ((await labStatus()).state !== "down") {
                await labDown({ deleteVolumes: true, renderer: "silent" });
            }
            rmSync(this.args.marker);
        }
    }

    /** Starts nodes that are cut off, as a process that was killed may have left one. */
    async startNodes(): Promise<void> {
        const { state, nodes } = await labStatus();
        for (const [index, { running }] of nodes.entries()) {
            if (state === "up" && !running) {
                await nodeStart(index + 1);
            }
        }
    }

    private async connect() {
        this.kubernetes ??= await this.start();
        return this.kubernetes;
    }

    private async start() {
        const { engine, deployments, files: directory, note } = this.args;
        if ((await labStatus()).state === "down") {
            this.claimLab();
            await labUp({ renderer: "silent" });
        }
        const config = loadKubeConfig({ kubeconfig: LAB.kubeconfig, context: LAB.context });
        note({ Kubernetes: await kubernetesVersion(config), Kafka: LAB.kafkaVersion });
        await this.removeNamespaces(config);
        return { config, deployments: deployments({ kubeConfig: config, engine, directory }) };
    }

    private async removeNamespaces(config: KubeConfig): Promise<void> {
        await Promise.all(
            [OUR_NAMESPACE, BARE_NAMESPACE].map((name) => deleteNamespace(config, name)),
        );
        this.current = undefined;
    }
}
