import { promisify } from "node:util";
import { execFile } from "node:child_process";
import { LAB, labBinaries } from "../../lab";
import type { Cluster } from "./cluster";

const LONGEST_OUTPUT = 2 ** 28;

async function kubectl({ namespace }: Cluster, ...args: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(
        labBinaries().kubectl,
        [`--kubeconfig=${LAB.kubeconfig}`, `--namespace=${namespace}`, ...args],
        { maxBuffer: LONGEST_OUTPUT },
    );
    return stdout;
}

/** Every value in the namespace's Secrets that is to stay secret: passwords and private keys. */
export async function secretValues(
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
export async function logs(cluster: Cluster): Promise<string> {
    const names = (await kubectl(cluster, "get", "pods", "-o", "name")).trim().split("\n");
    const texts = await Promise.all(
        names.map((name) => kubectl(cluster, "logs", name, "--all-containers")),
    );
    return texts.join("\n");
}

/** Everything in the namespace that is not a Secret, as YAML, events included. */
export async function everythingButSecrets(cluster: Cluster): Promise<string> {
    const resources = (
        await kubectl(cluster, "api-resources", "--namespaced", "--verbs=list", "-o", "name")
    )
        .trim()
        .split("\n")
        .filter((resource) => resource !== "secrets" && !resource.includes("metrics.k8s.io"));
    return kubectl(cluster, "get", resources.join(), "-o", "yaml", "--show-managed-fields");
}
