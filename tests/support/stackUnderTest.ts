import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
    type EngineEvent,
    type OpType,
    Stack,
    UpOptions,
    UpResult,
} from "@pulumi/pulumi/automation";
import { connectTo } from "../../tools/client/connection";
import type { KafkaClient } from "../../tools/client/kafka";
import { type Engine, requireEngine } from "../../lab/pulumi/find";
import { openStack } from "../../lab/pulumi/stack";
import { LAB } from "../../lab";
import { Cluster, loadKubeConfig } from "./cluster";
import { PulumiShell } from "./pulumiShell";
import { REPOSITORY } from "../../tools/cli/repository";
import { requireLab } from "./lab";

/** A stack of the program on the lab, deployed by the real engine, and what the tests know of it. */
export class StackUnderTest {
    /** What was acknowledged in any of the tests; it has to be there to the end. */
    readonly acknowledged: string[] = [];
    readonly cluster: Cluster;
    private opened?: Stack;
    private client?: KafkaClient;

    /** @param config The stack's configuration by full key; the tests change it. */
    private constructor(
        private readonly engine: Engine,
        private readonly shell: PulumiShell,
        private readonly directory: string,
        readonly namespace: string,
        readonly config: Record<string, string>,
    ) {
        this.cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), namespace);
    }

    /**
     * Starts the lab and opens an empty stack.
     *
     * @throws `EngineMissingError` where there is no engine.
     */
    static async open(
        namespace: string,
        config: () => Record<string, string> | Promise<Record<string, string>>,
    ): Promise<StackUnderTest> {
        const engine = await requireEngine();
        await requireLab();
        const directory = mkdtempSync(join(tmpdir(), "kafka-eks-test-"));
        const shell = await PulumiShell.open(engine, directory);
        const test = new StackUnderTest(engine, shell, directory, namespace, await config());
        await test.cluster.deleteNamespace();
        await test.configure({});
        return test;
    }

    get stack(): Stack {
        return this.opened!;
    }

    /** A client outside the cluster, on the listener `external`. */
    get outside(): KafkaClient {
        return this.client!;
    }

    /** Opens another stack of the same program. */
    openOther(stack: string, config: Record<string, string>): Promise<Stack> {
        const { directory, engine } = this;
        return openStack({ stack, config, directory, engine });
    }

    /** Changes the configuration of the stack. */
    async configure(change: Record<string, string>): Promise<void> {
        Object.assign(this.config, change);
        this.opened = await this.openOther("test", this.config);
    }

    /** Changes a key of the configuration whose value is secret. */
    async configureSecret(key: string, value: string): Promise<void> {
        await this.stack.setConfig(key, { value, secret: true });
    }

    /** Changes some fields of a key whose value is an object. */
    async configureFields(key: "kafka" | "zookeeper", change: object): Promise<void> {
        const current = JSON.parse(this.config[`kafka-eks:${key}`]!) as object;
        await this.configure({ [`kafka-eks:${key}`]: JSON.stringify({ ...current, ...change }) });
    }

    /** Changes the topics. */
    async configureTopics(...topics: object[]): Promise<void> {
        await this.configure({ "kafka-eks:topics": JSON.stringify(topics) });
    }

    /** Brings the stack up, and waits until all pods are those of the new revision: some providers don't. */
    async deploy(options?: UpOptions): Promise<UpResult> {
        const result = await this.stack.up(options);
        await this.cluster.waitUntilRolledOut();
        return result;
    }

    /** Brings the stack up and connects to its external listener. */
    async up(options?: UpOptions): Promise<UpResult> {
        const result = await this.deploy(options);
        const { kafka } = await connectTo(this.cluster, { listener: "external" });
        this.client = kafka;
        return result;
    }

    /** Destroys the stack and returns the names of the resources in the order in which they were gone. */
    async destroy(): Promise<string[]> {
        const gone: string[] = [];
        await this.stack.destroy({ onEvent: recordNames("delete", gone) });
        return gone;
    }

    /** Forgets all that Pulumi knows of the stack, as when its state is lost. What was deployed stays. */
    async loseState(): Promise<void> {
        await this.cli("stack", "rm", this.stack.name, "--force", "--yes");
        await this.configure({});
    }

    /**
     * Runs Pulumi's CLI on the stack as a user does: with a preview before each change.
     *
     * @returns What it printed to stdout.
     * @throws Error with what it printed, when it fails.
     */
    cli(...args: string[]): Promise<string> {
        return this.run("pulumi", args, this.stack.workspace.workDir);
    }

    /** Runs a command of a workflow on the stack in the same way; as there, the variable `STACK` has its name. */
    workflowCommand(command: string): Promise<string> {
        return this.run("bash", ["-e", "-c", command], this.stack.workspace.workDir);
    }

    /** Runs one of the repository's npm scripts in the same way, as a user who is logged in to the stack's backend. */
    script(name: "client" | "health", ...args: string[]): Promise<string> {
        return this.run("npm", ["run", "-s", name, "--", ...args], REPOSITORY);
    }

    private run(command: string, args: readonly string[], cwd: string): Promise<string> {
        const { name, workspace } = this.stack;
        return this.shell.run(command, args, { cwd, env: { ...workspace.envVars, STACK: name } });
    }

    /** Takes everything away, also what a failed test left. */
    async close(): Promise<void> {
        await this.cli("state", "unprotect", "--all", "--yes");
        await this.configure({
            "kafka-eks:deleteDataOnDestroy": "true",
            "kafka-eks:protect": "false",
        });
        await this.stack.destroy();
        await this.cluster.deleteNamespace();
        this.shell.close();
        rmSync(this.directory, { recursive: true, force: true });
    }
}

/** Records the names of resources in the order in which an operation on them ended. */
export function recordNames(op: OpType, names: string[]): (event: EngineEvent) => void {
    return ({ resOutputsEvent }) => {
        if (resOutputsEvent?.metadata.op === op) {
            names.push(resOutputsEvent.metadata.urn.split("::").at(-1)!);
        }
    };
}
