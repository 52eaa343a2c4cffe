import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KubernetesObject } from "@kubernetes/client-node";
import { parse } from "yaml";
import { OPERATIONS } from "../../components/kafka/users";
import { LAB, labBinaries } from "../../lab";
import { toYamlStream } from "../../tools/render/files";
import { renderStack } from "../../tools/render/renderStack";
import { STRIMZI_API } from "../../components/strimzi/names";
import { OVERLAY_FIELDS, type OverlayField } from "../../config/rules/overlay";
import { ADDITIONS, BROKER_ADDITIONS, OVERLAY } from "../support/additions";
import { stackValues } from "../support/mocks";
import { Cluster, loadKubeConfig } from "../support/cluster";
import { NODE_PORTS } from "../support/nodePorts";
import { applyStrimziCrds } from "../support/strimziLabConfig";
import { requireLab } from "../support/lab";

const NAMESPACE = "kafka-test-schema";
const BASE = {
    platform: "kubeconfig",
    kafkaDeploymentType: "strimzi",
    namespace: NAMESPACE,
    strimzi: { installOperator: false },
};
const INTERNAL = { name: "internal", port: 9092, type: "internal" };
const NODES = {
    name: "nodes",
    port: 9095,
    type: "nodePort",
    basePort: NODE_PORTS.dryRuns,
    advertisedHosts: ["192.0.2.1", "192.0.2.2"],
    allowAnonymous: true,
};

/** Stacks that together have every field that the program writes. */
const STACKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "the default configuration": BASE,
    "brokers that are the controllers": {
        ...BASE,
        strimzi: { installOperator: false, dualRole: true },
        kafka: { replicas: 1, rackAwareness: false },
    },
    "additions to pods, and an overlay": {
        ...BASE,
        kafka: BROKER_ADDITIONS,
        strimzi: {
            installOperator: false,
            controllers: { ...ADDITIONS, jvmOptions: { "-Xmx": "512m" } },
            overlay: OVERLAY,
        },
        listeners: [INTERNAL, { name: "external", port: 9094, type: "loadBalancer" }],
    },
    "everything that can be configured": {
        ...BASE,
        kafka: {
            replicas: 5,
            storage: { size: "100Gi", storageClass: "gp3" },
            resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { cpu: "2" } },
            spread: "required",
            config: { "num.io.threads": 16 },
        },
        strimzi: {
            installOperator: false,
            controllers: { replicas: 5, storage: { size: "20Gi", storageClass: "gp3" } },
        },
        listeners: [
            { ...INTERNAL, allowAnonymous: true },
            { ...INTERNAL, name: "secure", port: 9093, tls: true, authentication: { type: "tls" } },
            {
                name: "external",
                port: 9094,
                type: "loadBalancer",
                domain: "kafka.example.com",
                annotations: { "example.com/scheme": "internal" },
                sourceRanges: ["192.0.2.0/24"],
                tls: true,
                authentication: { type: "scram-sha-512" },
            },
            NODES,
        ],
        topics: [
            {
                name: "Orders_v1",
                partitions: 6,
                replicationFactor: 3,
                config: { "retention.ms": 1000 },
            },
        ],
        users: [
            {
                name: "orders",
                authentication: { type: "scram-sha-512", password: "correct-horse-battery" },
                acls: [
                    {
                        type: "deny",
                        resource: { type: "topic", name: "secret-", patternType: "prefix" },
                        operations: ["All"],
                    },
                    {
                        resource: { type: "topic", name: "*" },
                        operations: OPERATIONS.topic.filter((operation) => operation !== "All"),
                        host: "192.0.2.9",
                    },
                    {
                        resource: { type: "group", name: "orders", patternType: "literal" },
                        operations: OPERATIONS.group,
                    },
                    { resource: { type: "cluster" }, operations: OPERATIONS.cluster },
                    {
                        resource: { type: "transactionalId", name: "tx" },
                        operations: OPERATIONS.transactionalId,
                    },
                ],
                quotas: {
                    producerByteRate: 1_048_576,
                    consumerByteRate: 2_097_152,
                    requestPercentage: 55,
                    controllerMutationRate: 0.5,
                },
            },
            { name: "audit", authentication: { type: "tls" } },
        ],
    },
};

/** A `KafkaMirrorMaker2`, as far as this test takes it apart. */
interface Mirror extends KubernetesObject {
    readonly spec: {
        readonly target: object;
        readonly mirrors: readonly { readonly source: object }[];
    };
}

/** What is read of a schema of a CRD. */
interface Schema {
    readonly properties?: Readonly<Record<string, Schema>>;
}

/** The fields that an overlay may have or not, as far as the program knows them by name. */
function knownFields(
    field: OverlayField,
    path = "spec",
): (readonly [path: string, names: readonly string[]])[] {
    return typeof field === "object"
        ? [
              [path, Object.keys(field).sort()] as const,
              ...Object.entries(field).flatMap(([name, inner]) =>
                  knownFields(inner, `${path}.${name}`),
              ),
          ]
        : [];
}

function fieldsAt(schema: Schema, path: string): readonly string[] {
    const found = path
        .split(".")
        .reduce<Schema | undefined>((inner, name) => inner?.properties?.[name], schema);
    return Object.keys(found?.properties ?? {}).sort();
}

/** A real API server with Strimzi's CRDs judges every object of the Strimzi path. */
describe("Strimzi's schemas", function () {
    const kubectl = (args: readonly string[], objects: readonly KubernetesObject[] = []) =>
        execFileSync(labBinaries().kubectl, [`--kubeconfig=${LAB.kubeconfig}`, ...args], {
            input: toYamlStream(objects),
            encoding: "utf8",
            stdio: "pipe",
        });
    const apply = (objects: readonly KubernetesObject[], ...options: string[]) =>
        kubectl(["apply", "--server-side", "--validate=strict", ...options, "-f", "-"], objects);
    const render = async (config: Readonly<Record<string, unknown>>) => {
        const values = stackValues(config);
        return (await renderStack({ stack: "test", config: values, showSecrets: true })).objects;
    };
    let cluster: Cluster;

    before(async () => {
        await requireLab();
        cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE);
        await cluster.deleteNamespace();
        await applyStrimziCrds();
        kubectl(["create", "namespace", NAMESPACE]);
    });

    after(() => cluster.deleteNamespace());

    for (const [what, config] of Object.entries(STACKS)) {
        it(`accept every object of ${what}, in a dry run and for real`, async () => {
            const objects = await render(config);
            apply(objects, "--dry-run=server");
            assert.equal(apply(objects).trim().split("\n").length, objects.length);
        });
    }

    for (const [resource, crd] of [
        ["kafka", "kafkas"],
        ["brokers", "kafkanodepools"],
        ["controllers", "kafkanodepools"],
    ] as const) {
        it(`have the fields by which overlays of ${resource} are judged`, () => {
            const { spec } = JSON.parse(
                kubectl(["get", "crd", `${crd}.${STRIMZI_API.group}`, "-o", "json"]),
            ) as {
                spec: { versions: { name: string; schema: { openAPIV3Schema: Schema } }[] };
            };
            const version = spec.versions.find(({ name }) => name === STRIMZI_API.version)!;
            const known = knownFields(OVERLAY_FIELDS[resource]);
            assert.deepEqual(
                known,
                known.map(([path]) => [path, fieldsAt(version.schema.openAPIV3Schema, path)]),
            );
        });
    }

    it("refuse a field deep in an overlay that they don't know", async () => {
        const overlay = { kafka: { spec: { kafkaExporter: { topicRegexp: ".*" } } } };
        const objects = await render({ ...BASE, strimzi: { ...BASE.strimzi, overlay } });
        assert.throws(() => apply(objects, "--dry-run=server"), /topicRegexp/);
    });

    it("accept the mirror of the documentation, and with what it says of TLS and users", () => {
        const page = readFileSync(join(__dirname, "../../docs/moving-to-strimzi.md"), "utf8");
        const [mirror, security] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map(
            ([, text]) => parse(text!) as object,
        ) as [Mirror, object];
        const { metadata, spec } = mirror;
        const secure: Mirror = {
            ...mirror,
            metadata: { ...metadata, name: "secure" },
            spec: {
                ...spec,
                target: { ...spec.target, ...security },
                mirrors: spec.mirrors.map((each) => ({
                    ...each,
                    source: { ...each.source, ...security },
                })),
            },
        };
        const inNamespace = (object: Mirror) => ({
            ...object,
            metadata: { ...object.metadata, namespace: NAMESPACE },
        });
        apply([mirror, secure].map(inNamespace), "--dry-run=server");
    });

    it("refuse a field that they don't know", async () => {
        const kafka = (await render(BASE)).find(
            ({ kind }) => kind === "Kafka",
        ) as KubernetesObject & {
            spec: object;
        };
        const wrong = { ...kafka, spec: { ...kafka.spec, zookeeper: {} } };
        assert.throws(() => apply([wrong], "--dry-run=server"), /zookeeper/);
    });
});
