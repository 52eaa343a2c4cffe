import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type KubernetesObject, KubernetesObjectApi, PatchStrategy } from "@kubernetes/client-node";
import type { Deployment, Stack } from "@pulumi/pulumi/automation";
import { parse } from "yaml";
import { LAB } from "../../lab";
import { requireEngine } from "../../lab/pulumi/find";
import { stackFile } from "../../lab/pulumi/project";
import { openStack } from "../../lab/pulumi/stack";
import { Cluster, loadKubeConfig } from "../support/cluster";
import {
    KEPT_STATES,
    type KeptState,
    type KeptStateName,
    readKeptState,
} from "../support/keptState";
import { standInForAws } from "../support/standInCloud";
import { requireLab } from "../support/lab";
import { applyStrimziCrds } from "../support/strimziLabConfig";

const NOT_COMPARED = [
    // Named by its content.
    "kubernetes:batch/v1:Job",
    // Strimzi's, and left out of the states.
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
    // Pulumi's own, for what it remembers.
    "pulumi:providers:pulumi",
];

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const SERVICE = "kubernetes:core/v1:Service";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

/** What a stack gets from this version: what it remembers, and providers that take back what is there. */
const ADDED = [
    "create pulumi:index:Stash first-name",
    "update pulumi:providers:kubernetes cluster",
];
const ADDED_ON_EKS = ["create pulumi:index:Stash first-endpoint", ...ADDED];

/** What a stack of StatefulSets gets beside: files of each revision of its own, for which all pods restart once. */
const RESTARTED_ONCE = [
    "create kafka-eks:index:AdminTool kafka",
    `create ${CONFIG_MAP} kafka-accept-empty`,
    `create ${CONFIG_MAP} kafka-admin`,
    `create ${CONFIG_MAP} kafka-advertised`,
    `create ${CONFIG_MAP} kafka-brokers-files`,
    `create ${CONFIG_MAP} zookeeper-members-files`,
    `create ${NETWORK_POLICY} kafka-kafka-check-network-policy`,
    `delete ${CONFIG_MAP} kafka-brokers-config`,
    `delete ${CONFIG_MAP} zookeeper-members-config`,
    `delete ${NETWORK_POLICY} kafka-kafka-scale-in-check-network-policy`,
    `update ${NETWORK_POLICY} kafka-kafka-network-policy`,
    `update ${NETWORK_POLICY} kafka-zookeeper-network-policy`,
    `update ${SERVICE} kafka-bootstrap`,
    `update ${STATEFUL_SET} kafka-brokers-statefulset`,
    `update ${STATEFUL_SET} zookeeper-members-statefulset`,
];

const EXPECTED: Readonly<Record<KeptStateName, readonly string[]>> = {
    statefulset: [...ADDED, ...RESTARTED_ONCE],
    strimzi: ADDED,
    "eks-statefulset": [...ADDED_ON_EKS, ...RESTARTED_ONCE],
    "eks-strimzi": ADDED_ON_EKS,
};

/** What a preview of a kept stack wants to change, sorted, as `operation type name`. */
function changesOf(state: KeptState): Promise<string[]> {
    return withStack(state, plannedBy);
}

/** The same after a rename of the stack, when it remembers what it was called. */
function changesAfterRename(state: KeptState): Promise<string[]> {
    return withStack(state, async (stack, open) => {
        // It fails when it looks for the StatefulSets, which are gone; by then it remembers.
        await stack.up({ target: ["**::pulumi:index:Stash::**"] }).catch(() => undefined);
        await stack.rename({ stackName: "renamed" });
        return plannedBy(await open("renamed"));
    });
}

async function withStack<T>(
    { config, deployment }: KeptState,
    act: (stack: Stack, open: (name: string) => Promise<Stack>) => Promise<T>,
): Promise<T> {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-kept-"));
    const namespace = config["kafka-eks:namespace"] ?? "kafka";
    const cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), namespace);
    try {
        await makeObjects(cluster, deployment);
        const engine = await requireEngine();
        const open = (stack: string) => openStack({ stack, config, directory, engine });
        const stack = await open("test");
        await stack.importStack(withSecretsOf(stackFile(directory, "test"), deployment));
        return await act(stack, open);
    } finally {
        rmSync(directory, { recursive: true });
        await cluster.deleteNamespace();
    }
}

/** Kinds of objects that this version changes: the API server is asked what becomes of them, so they have to be there. */
const CHANGED_KINDS = ["NetworkPolicy", "Service", "StatefulSet", "Kafka"];

interface KeptResource {
    readonly inputs?: KubernetesObject & { readonly spec?: object };
    readonly outputs?: { readonly __fieldManager?: string };
}

/** Makes what of a kept stack this version changes as it was, in a namespace of its own and without pods. */
async function makeObjects(cluster: Cluster, { deployment }: Deployment): Promise<void> {
    const { namespace, kubeConfig } = cluster;
    const { resources } = deployment as { resources: readonly KeptResource[] };
    await cluster.core.createNamespace({ body: { metadata: { name: namespace } } });
    for (const { inputs, outputs } of resources) {
        if (
            CHANGED_KINDS.includes(inputs?.kind ?? "") &&
            inputs?.metadata?.namespace === namespace
        ) {
            const { spec = {}, ...rest } = inputs;
            const object = { ...rest, spec: "replicas" in spec ? { ...spec, replicas: 0 } : spec };
            await KubernetesObjectApi.makeApiClient(kubeConfig).patch(
                object,
                undefined,
                undefined,
                // Whoever made it may take away what it had.
                outputs?.__fieldManager ?? "pulumi-kubernetes",
                true,
                PatchStrategy.ServerSideApply,
            );
        }
    }
}

async function plannedBy(stack: Stack): Promise<string[]> {
    const changes: string[] = [];
    await stack.preview({
        onEvent: ({ resourcePreEvent }) => {
            const { op, urn, type } = resourcePreEvent?.metadata ?? {};
            if (op !== undefined && op !== "same" && !NOT_COMPARED.includes(type!)) {
                changes.push(`${op} ${type} ${urn!.split("::").at(-1)}`);
            }
        },
    });
    return changes.sort();
}

/** A kept state has its secrets in clear, so that this machine's passphrase encrypts them. */
function withSecretsOf(file: string, { version, deployment }: Deployment): Deployment {
    const { encryptionsalt: salt } = parse(readFileSync(file, "utf8")) as {
        encryptionsalt: string;
    };
    return {
        version,
        deployment: {
            ...(deployment as object),
            secrets_providers: { type: "passphrase", state: { salt } },
        },
    };
}

/**
 * Stacks that earlier versions of the program deployed, with the configuration that they had. Whoever takes a new version and
 * changes nothing else must find nothing replaced and no pod restarted. What does so on purpose stands in the changelog and,
 * with its state, below.
 */
describe("a stack of an earlier version", function () {
    let restorePath: () => void;

    before(async () => {
        restorePath = standInForAws();
        await requireLab();
        // Kept Kafka resources need their kind.
        await applyStrimziCrds();
    });

    after(() => restorePath());

    for (const name of KEPT_STATES) {
        it(`changes as the changelog says, and nothing is replaced: ${name}`, async () => {
            const changes = await changesOf(await readKeptState(name));
            assert.deepEqual(changes, EXPECTED[name].toSorted());
        });
    }

    for (const name of ["statefulset", "eks-strimzi"] as const) {
        it(`changes in no other way after a rename: ${name}`, async () => {
            const renamed = await changesAfterRename(await readKeptState(name));
            const expected = name === "statefulset" ? RESTARTED_ONCE : [];
            assert.deepEqual(renamed, expected.toSorted());
        });
    }

    it("is not left as it is by another broker property", async () => {
        const state = await readKeptState("strimzi");
        const kafka = JSON.parse(state.config["kafka-eks:kafka"]!) as { config: object };
        const config = { ...kafka.config, "log.cleaner.threads": "2" };
        state.config["kafka-eks:kafka"] = JSON.stringify({ ...kafka, config });
        const changes = await changesOf(state);
        assert.ok(changes.includes("update kubernetes:kafka.strimzi.io/v1:Kafka kafka-kafka"));
    });
});
