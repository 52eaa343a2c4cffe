import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Deployment } from "@pulumi/pulumi/automation";
import { parse } from "yaml";
import { labUp } from "../../lab";
import { requireEngine } from "../../lab/pulumi/find";
import { stackFile } from "../../lab/pulumi/project";
import { openStack } from "../../lab/pulumi/stack";
import {
    KEPT_STATES,
    type KeptState,
    type KeptStateName,
    readKeptState,
} from "../support/keptState";
import { standInForAws } from "../support/standInCloud";

const NOT_COMPARED = [
    // Named by its content.
    "kubernetes:batch/v1:Job",
    // Strimzi's, and left out of the states.
    "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
];

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";

/** What a stack of StatefulSets gets from this version: files of each revision of its own, for which all pods restart once. */
const RESTARTED_ONCE = [
    "create kafka-eks:index:AdminTool kafka",
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
    `update ${STATEFUL_SET} kafka-brokers-statefulset`,
    `update ${STATEFUL_SET} zookeeper-members-statefulset`,
];

const EXPECTED: Readonly<Record<KeptStateName, readonly string[]>> = {
    statefulset: RESTARTED_ONCE,
    strimzi: [],
    "eks-statefulset": RESTARTED_ONCE,
    "eks-strimzi": [],
};

/** What a preview of a kept stack wants to change, as `operation type name`. */
async function changesOf({ config, deployment }: KeptState): Promise<string[]> {
    const directory = mkdtempSync(join(tmpdir(), "kafka-eks-kept-"));
    try {
        const engine = await requireEngine();
        const stack = await openStack({ stack: "test", config, directory, engine });
        await stack.importStack(withSecretsOf(stackFile(directory, "test"), deployment));
        const changes: string[] = [];
        const preview = stack.preview({
            onEvent: ({ resourcePreEvent }) => {
                const { op, urn, type } = resourcePreEvent?.metadata ?? {};
                if (op !== undefined && op !== "same" && !NOT_COMPARED.includes(type!)) {
                    changes.push(`${op} ${type} ${urn!.split("::").at(-1)}`);
                }
            },
        });
        await preview.catch((error: unknown) => {
            // The objects are gone, so the API server can't be asked what a change would make of them.
            if (changes.length === 0) {
                throw error;
            }
        });
        return changes;
    } finally {
        rmSync(directory, { recursive: true });
    }
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
        await labUp();
    });

    after(() => restorePath());

    for (const name of KEPT_STATES) {
        it(`changes as the changelog says, and nothing is replaced: ${name}`, async () => {
            const changes = await changesOf(await readKeptState(name));
            // A preview ends at the first change that the API server can't be asked about, so not all of them are there.
            const unexpected = changes.filter((change) => !EXPECTED[name].includes(change));
            assert.deepEqual(unexpected, []);
            assert.equal(changes.length > 0, EXPECTED[name].length > 0);
        });
    }

    it("is not left as it is by another broker property", async () => {
        const state = await readKeptState("strimzi");
        const kafka = JSON.parse(state.config["kafka-eks:kafka"]!) as { config: object };
        const config = { ...kafka.config, "log.cleaner.threads": "2" };
        state.config["kafka-eks:kafka"] = JSON.stringify({ ...kafka, config });
        assert.deepEqual(await changesOf(state), [
            "update kubernetes:kafka.strimzi.io/v1:Kafka kafka-kafka",
        ]);
    });
});
