import assert from "node:assert/strict";
import type { V1ConfigMap } from "@kubernetes/client-node";
import {
    defaultConfig,
    plainConfig,
    SECURED,
    securedConfig,
} from "../../../../lab/bench/ourConfig";
import { ownProperties, parseProperties } from "../../../../lab/bench/plainKafka";
import { CONFIG_MAP } from "../../../../components/kafka/names";
import { loadConfig } from "../../../../config";
import { renderStack } from "../../../../tools/render/renderStack";

async function brokerPropertiesOf(config: Record<string, string>): Promise<Record<string, string>> {
    const { objects } = await renderStack({ stack: "bench", config });
    const map = objects.find(
        ({ kind, metadata }) =>
            kind === "ConfigMap" && metadata?.name?.startsWith(`${CONFIG_MAP.kafka}-`),
    ) as V1ConfigMap;
    return parseProperties(map.data!["server.properties"]!);
}

function protocols(properties: Record<string, string>): Record<string, string> {
    const entries = properties["listener.security.protocol.map"]!.split(",");
    return Object.fromEntries(entries.map((entry) => entry.split(":") as [string, string]));
}

describe("our deployment in the comparisons", () => {
    for (const external of ["nodePort", "loadBalancer"] as const) {
        it(`is a valid configuration without certificates, with ${external}`, () => {
            const config = loadConfig(plainConfig(external));
            assert.deepEqual(
                config.listeners.map(({ type, tls }) => ({ type, tls })),
                [
                    { type: "internal", tls: false },
                    { type: external, tls: false },
                ],
            );
            assert.ok(config.kafkaDeploymentType === "statefulset");
            assert.equal(config.certificates.source, "none");
        });
    }

    it("talks in plain text everywhere", async () => {
        const properties = await brokerPropertiesOf(plainConfig("nodePort"));
        assert.deepEqual(protocols(properties), {
            REPLICATION: "PLAINTEXT",
            INTERNAL: "PLAINTEXT",
            EXTERNAL: "PLAINTEXT",
        });
    });

    it("has properties that fit a broker without its pod and with a plain ZooKeeper", async () => {
        const own = ownProperties(1, {
            port: 1001,
            replicationPort: 1002,
            zookeeperPort: 1003,
            directory: "/bench/data",
        });
        const all = { ...(await brokerPropertiesOf(plainConfig("nodePort"))), ...own };
        const foreign = Object.entries(all).filter(([key, value]) =>
            /^(?:listener\.name\.|authorizer\.|ssl\.|sasl\.)|\/(?:run|var|etc)\//.test(
                `${key}=${value}`,
            ),
        );
        assert.deepEqual(foreign, []);
        assert.equal(all["zookeeper.set.acl"], "false");
    });
});

describe("our deployment with its defaults", () => {
    it("keeps three replicas, two of them in sync, and encrypts between brokers", async () => {
        const properties = await brokerPropertiesOf(defaultConfig());
        assert.deepEqual(protocols(properties), { REPLICATION: "SSL", INTERNAL: "PLAINTEXT" });
        assert.equal(properties["default.replication.factor"], "3");
        assert.equal(properties["min.insync.replicas"], "2");
    });
});

describe("our deployment with security", () => {
    it("has a listener of each kind, and encrypts between brokers", async () => {
        assert.deepEqual(protocols(await brokerPropertiesOf(securedConfig())), {
            REPLICATION: "SSL",
            INTERNAL: "PLAINTEXT",
            TLS: "SSL",
            SCRAM: "SASL_SSL",
        });
    });

    it("lets the user write to the topics of the benchmark", () => {
        const user = loadConfig(securedConfig()).users.find(({ name }) => name === SECURED.user);
        assert.deepEqual(
            user?.acls.map(({ resource, operations }) => ({ resource, operations })),
            [
                {
                    resource: { type: "topic", name: "bench-", patternType: "prefix" },
                    operations: ["Write", "Describe"],
                },
            ],
        );
    });
});
