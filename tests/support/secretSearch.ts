import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { LAB, labBinaries } from "../../lab";
import type { Cluster } from "./cluster";
import type { StackUnderTest } from "./stackUnderTest";

const LONGEST_OUTPUT = 2 ** 28;

async function kubectl({ namespace }: Cluster, ...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
        labBinaries().kubectl,
        [`--kubeconfig=${LAB.kubeconfig}`, `--namespace=${namespace}`, ...args],
        { maxBuffer: LONGEST_OUTPUT },
    );
    return stdout;
}

/**
 * Asserts that no secret of a stack is where it could be read: in its state, in a preview, in logs, or in objects that are
 * no Secrets; neither as it is, nor as JSON or base64.
 *
 * @param printed What Pulumi has printed so far.
 * @returns The secrets that were looked for.
 */
export async function assertNoSecrets(stack: StackUnderTest, printed: string): Promise<string[]> {
    const { cluster } = stack;
    const places = {
        // The Automation API's own export shows secrets.
        state: await stack.cli("stack", "export"),
        "a preview": await stack.cli("preview", "--json", "--show-sames"),
        "what Pulumi printed": printed,
        "what was logged": await logs(cluster),
        "what Kubernetes keeps": await everythingButSecrets(cluster),
    };
    const secrets = await secretValues(cluster);
    for (const [place, text] of Object.entries(places)) {
        assert.ok(text.length > 500, `${place}: ${text}`);
        for (const { name, value } of secrets) {
            const json = JSON.stringify(value).slice(1, -1);
            for (const form of [value, json, ...base64Forms(value)]) {
                assert.ok(!text.includes(form), `${name} in ${place}`);
            }
        }
    }
    return secrets.map(({ value }) => value);
}

/** How a text looks within longer ones in base64, but for its ends, which depend on what is around it. */
function base64Forms(text: string): string[] {
    return [0, 1, 2].map((before) =>
        Buffer.concat([Buffer.alloc(before), Buffer.from(text)])
            .toString("base64")
            .slice([0, 2, 3][before], -4),
    );
}

/** Every value in the namespace's Secrets that is to stay secret: passwords and private keys. */
async function secretValues(
    cluster: Cluster,
): Promise<{ readonly name: string; readonly value: string }[]> {
    const { items } = await cluster.core.listNamespacedSecret({ namespace: cluster.namespace });
    return items.flatMap(({ metadata, data = {} }) =>
        Object.entries(data)
            .map(([key, encoded]) => [key, Buffer.from(encoded, "base64").toString()] as const)
            .flatMap(([key, value]) => {
                const name = `${metadata!.name} ${key}`;
                if (key === "password") {
                    return [{ name, value }];
                }
                // Two lines would match only where nobody has broken them in another way.
                const line = /-----BEGIN PRIVATE KEY-----\n([^\n]+)/.exec(value)?.[1];
                return line === undefined ? [] : [{ name, value: line }];
            }),
    );
}

/** All that the containers of the namespace have logged. */
async function logs(cluster: Cluster): Promise<string> {
    const names = (await kubectl(cluster, "get", "pods", "-o", "name")).trim().split("\n");
    const texts = await Promise.all(
        names.map((name) => kubectl(cluster, "logs", name, "--all-containers")),
    );
    return texts.join("\n");
}

/** Everything in the namespace that is not a Secret, as YAML, events included. */
async function everythingButSecrets(cluster: Cluster): Promise<string> {
    const resources = (
        await kubectl(cluster, "api-resources", "--namespaced", "--verbs=list", "-o", "name")
    )
        .trim()
        .split("\n")
        .filter((resource) => resource !== "secrets" && !resource.includes("metrics.k8s.io"));
    return kubectl(cluster, "get", resources.join(), "-o", "yaml", "--show-managed-fields");
}
