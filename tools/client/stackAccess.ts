import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { KubeConfig } from "@kubernetes/client-node";
import { z } from "zod";
import { StackAccessError } from "./errors";
import { describeFault } from "./describeFault";
import { loadKubeConfig } from "./kubernetes";
import { REPOSITORY } from "../cli/repository";

/** The outputs that lead to a stack's Kafka. */
const OUTPUTS = z.object({
    kubernetes: z.object({
        namespace: z.string().min(1),
        /** Path of a kubeconfig file, from the directory of Pulumi.yaml. */
        kubeconfig: z.string().optional(),
        context: z.string().optional(),
    }),
    /** The kubeconfig itself, where the stack made the cluster. */
    kubeconfig: z.union([z.string(), z.looseObject({})]).optional(),
});

/** Where a stack's Kafka runs. */
export interface StackAccess {
    readonly kubeConfig: KubeConfig;
    readonly namespace: string;
}

/**
 * Finds the Kafka of a stack by its outputs. They come from the backend that Pulumi's CLI is logged in to.
 *
 * @throws {@link StackAccessError} when they can't be had.
 */
export async function openStackAccess(stack: string): Promise<StackAccess> {
    return stackAccess(stack, await readOutputs(stack));
}

/** Where Kafka runs by the outputs of a stack. */
export function stackAccess(stack: string, outputs: unknown): StackAccess {
    const result = OUTPUTS.safeParse(outputs);
    if (!result.success) {
        throw new StackAccessError(
            `the outputs of stack ${stack} do not say where Kafka is: ` +
                result.error.issues.map(({ path }) => `no ${path.join(".")}`).join(", "),
            `deploy it: pulumi up --stack ${stack}`,
        );
    }
    const { kubernetes, kubeconfig } = result.data;
    const { namespace, context } = kubernetes;
    if (kubeconfig !== undefined) {
        return { namespace, kubeConfig: parseKubeConfig(stack, kubeconfig) };
    }
    const file = kubernetes.kubeconfig && resolve(REPOSITORY, kubernetes.kubeconfig);
    return { namespace, kubeConfig: loadKubeConfig({ kubeconfig: file, context }) };
}

function parseKubeConfig(stack: string, kubeconfig: string | object): KubeConfig {
    const config = new KubeConfig();
    try {
        config.loadFromString(
            typeof kubeconfig === "string" ? kubeconfig : JSON.stringify(kubeconfig),
        );
    } catch (error) {
        throw new StackAccessError(
            `the output kubeconfig of stack ${stack} is no kubeconfig`,
            `deploy it again: pulumi up --stack ${stack}`,
            { cause: error },
        );
    }
    return config;
}

/** The outputs, secret ones as they are: a kubeconfig is one. The stack that is selected stays the same. */
async function readOutputs(stack: string): Promise<unknown> {
    const args = ["stack", "output", "--json", "--show-secrets", "--stack", stack];
    const options = { cwd: REPOSITORY, env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" } };
    return new Promise((settle, reject) => {
        execFile("pulumi", [...args, "--non-interactive"], options, (error, stdout, stderr) => {
            if (error === null) {
                try {
                    settle(JSON.parse(stdout));
                } catch {
                    reject(
                        new StackAccessError(
                            `the outputs of stack ${stack} are not JSON`,
                            "see what pulumi stack output --json prints",
                        ),
                    );
                }
                return;
            }
            const isMissing = error.code === "ENOENT";
            reject(
                new StackAccessError(
                    isMissing
                        ? "there is no pulumi on PATH, which --stack needs"
                        : `cannot read the outputs of stack ${stack}: ${reasonIn(stderr)}`,
                    isMissing
                        ? "install Pulumi's CLI, or give --bootstrap and the identity by hand"
                        : "list the stacks with pulumi stack ls, and see the backend with pulumi whoami -v",
                ),
            );
        });
    });
}

/** The first line of what Pulumi complains about. */
function reasonIn(stderr: string): string {
    const lines = stderr.split("\n").filter((line) => line.trim() !== "");
    const line = lines.find((each) => each.startsWith("error:")) ?? lines[0] ?? "no reason given";
    return describeFault(new Error(line.replace(/^error: /, ""))).message;
}
