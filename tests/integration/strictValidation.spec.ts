import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { KubernetesObject, V1Pod } from "@kubernetes/client-node";
import { readStackConfig } from "../../tools/cli/stackFile";
import { LAB, labBinaries } from "../../lab";
import { waitFor } from "../../lab/wait";
import { toYamlStream } from "../../tools/render/files";
import { resolveSecrets } from "../../tools/render/secrets";
import { Cluster, loadKubeConfig } from "../support/cluster";
import { ADDITIONS, BROKER_ADDITIONS, OVERLAY } from "../support/additions";
import { runProgram } from "../support/mocks";
import { NODE_PORTS } from "../support/nodePorts";
import { applyStrimziCrds } from "../support/strimziLabConfig";
import { requireLab } from "../support/lab";

const NAMESPACE = "kafka-test-strict";
const INTERNAL = { name: "internal", port: 9092, type: "internal" };
const PEERS = [
    {
        namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "shop" } },
        podSelector: { matchExpressions: [{ key: "app", operator: "In", values: ["a", "b"] }] },
    },
    { ipBlock: { cidr: "10.0.0.0/8", except: ["10.1.0.0/16"] } },
];
const TOPICS = [{ name: "Orders_v1", partitions: 6, config: { "retention.ms": 1000 } }];
const NODES = {
    replicas: 5,
    storage: { size: "100Gi", storageClass: "gp3" },
    resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { cpu: "2" } },
    spread: "required",
};

/** Listeners of every kind. */
const LISTENERS = [
    { ...INTERNAL, networkPolicyPeers: PEERS },
    {
        name: "external",
        port: 9094,
        type: "loadBalancer",
        annotations: { "example.com/scheme": "internal" },
        sourceRanges: ["192.0.2.0/24"],
    },
    { ...INTERNAL, name: "named", port: 9095, type: "loadBalancer", domain: "kafka.example.com" },
    {
        name: "nodes",
        port: 9096,
        type: "nodePort",
        basePort: NODE_PORTS.dryRuns,
        advertisedHosts: ["192.0.2.1", "192.0.2.2"],
    },
];

/** A listener with an identity of each type, for users of each type. */
const SECURE = [
    { ...INTERNAL, name: "mutual", port: 9097, tls: true, authentication: { type: "tls" } },
    { ...INTERNAL, name: "scram", port: 9098, authentication: { type: "scram-sha-512" } },
];
const USERS = [
    {
        name: "audit",
        authentication: { type: "tls" },
        acls: [{ resource: { type: "topic", name: "Orders_v1" }, operations: ["Read"] }],
        quotas: { producerByteRate: 1024 },
    },
    {
        name: "shop",
        authentication: { type: "scram-sha-512", password: "a-password-of-the-shop" },
    },
    { name: "mail", authentication: { type: "scram-sha-512" } },
];
const ANONYMOUS_LISTENERS = LISTENERS.map((each) => ({ ...each, allowAnonymous: true }));

const STATEFULSET = { platform: "kubeconfig", kafkaDeploymentType: "statefulset" };
const STRIMZI = { platform: "kubeconfig", kafkaDeploymentType: "strimzi" };
/** The stack of the repository, with what it does not say. */
const EKS = {
    ...readStackConfig(join(__dirname, "../.."), "prod", {}),
    eks: {
        environment: "prod",
        publicAccessCidrs: [],
        previewRoleArn: "arn:aws:iam::123456789012:role/previews",
    },
};

/** Stacks that together have everything that the program makes in a cluster. */
const STACKS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    "the default StatefulSets": STATEFULSET,
    "StatefulSets with everything that can be configured": {
        ...STATEFULSET,
        kafka: { ...NODES, config: { "num.io.threads": 16 } },
        zookeeper: NODES,
        certificates: { issuer: { name: "company", kind: "ClusterIssuer" } },
        listeners: [...ANONYMOUS_LISTENERS, ...SECURE],
        topics: TOPICS,
        users: USERS,
    },
    "StatefulSets on EKS": { ...EKS, kafkaDeploymentType: "statefulset", topics: TOPICS },
    "StatefulSets with additions to their pods": {
        ...STATEFULSET,
        kafka: BROKER_ADDITIONS,
        zookeeper: {
            ...ADDITIONS,
            serviceLabels: { team: "data" },
            serviceAnnotations: { "example.com/owner": "data" },
        },
        topics: TOPICS,
    },
    "the default Strimzi": STRIMZI,
    "Strimzi with everything that can be configured": {
        ...STRIMZI,
        kafka: { ...NODES, config: { "num.io.threads": 16 } },
        strimzi: { controllers: NODES },
        listeners: [...ANONYMOUS_LISTENERS, ...SECURE],
        topics: TOPICS,
        users: USERS,
    },
    "Strimzi with additions to its pods, and an overlay": {
        ...STRIMZI,
        kafka: BROKER_ADDITIONS,
        strimzi: {
            controllers: { ...ADDITIONS, jvmOptions: { "-Xmx": "512m" } },
            overlay: OVERLAY,
        },
    },
    "Strimzi on EKS": { ...EKS, kafkaDeploymentType: "strimzi", topics: TOPICS },
    "Strimzi on EKS with a load balancer for all brokers": {
        ...EKS,
        eks: { ...EKS.eks, loadBalancers: { layout: "shared" } },
        kafkaDeploymentType: "strimzi",
        listeners: [INTERNAL, { name: "external", port: 9094, type: "loadBalancer" }],
    },
};

interface WithPods extends KubernetesObject {
    readonly spec?: {
        readonly template?: Pick<V1Pod, "metadata" | "spec">;
        readonly volumeClaimTemplates?: readonly { readonly metadata: { readonly name: string } }[];
    };
}

/** The pod that a controller would make of an object's template; `undefined` for an object without one. */
function podOf({ kind, metadata, spec }: WithPods): V1Pod | undefined {
    if (spec?.template?.spec?.containers === undefined) {
        return undefined;
    }
    const claims = (spec.volumeClaimTemplates ?? []).map(({ metadata: { name } }) => ({
        name,
        persistentVolumeClaim: { claimName: name },
    }));
    const { template } = spec;
    return {
        apiVersion: "v1",
        kind: "Pod",
        metadata: {
            ...template.metadata,
            name: `${kind!.toLowerCase()}-${metadata!.name}`,
            namespace: NAMESPACE,
        },
        spec: { ...template.spec!, volumes: [...(template.spec!.volumes ?? []), ...claims] },
    };
}

/**
 * A real API server judges every object that the program registers, as strictly as it can: a field that it does not know is
 * an error, and so is a warning (a deprecated version, a pod that the namespace would refuse).
 */
describe("the API server at its strictest", () => {
    const kubectl = (args: readonly string[], objects: readonly KubernetesObject[] = []) => {
        const { status, stdout, stderr } = spawnSync(
            labBinaries().kubectl,
            [`--kubeconfig=${LAB.kubeconfig}`, ...args],
            { encoding: "utf8", input: toYamlStream(objects) },
        );
        assert.equal(status, 0, stderr);
        return stdout;
    };
    const strict = ["--validate=strict", "--warnings-as-errors", "--dry-run=server", "-f", "-"];
    const tryOut = (objects: readonly KubernetesObject[], ...options: readonly string[]) =>
        kubectl(["apply", "--server-side", "--force-conflicts", ...strict, ...options], objects);
    /** Without the AWS load balancer controller's kind, which the lab does not have. */
    const objectsOf = async (config: Readonly<Record<string, unknown>>) => {
        const { resources, error } = await runProgram({ ...config, namespace: NAMESPACE });
        assert.equal(error, undefined);
        return resources.objects
            .map(({ inputs }) => resolveSecrets(inputs, true) as KubernetesObject)
            .filter(({ kind }) => kind !== "TargetGroupBinding");
    };
    let cluster: Cluster;

    before(async () => {
        await requireLab();
        cluster = new Cluster(loadKubeConfig(LAB.kubeconfig), NAMESPACE);
        await cluster.deleteNamespace();
        await applyStrimziCrds();
        const objects = await objectsOf(STATEFULSET);
        kubectl(
            ["apply", "-f", "-"],
            objects.filter(({ kind }) => kind === "Namespace"),
        );
        const account = ["get", "serviceaccount", "default", "-n", NAMESPACE, "--ignore-not-found"];
        await waitFor("the service account", 30, () => kubectl(account) !== "");
    });

    after(() => cluster.deleteNamespace());

    for (const [what, config] of Object.entries(STACKS)) {
        it(`accepts every object of ${what}`, async () => {
            const objects = await objectsOf(config);
            assert.equal(tryOut(objects).trim().split("\n").length, objects.length);
        });
    }

    for (const [what, config] of Object.entries(STACKS).slice(0, 3)) {
        it(`admits every pod of ${what}, without a token`, async () => {
            const pods = (await objectsOf(config)).flatMap((each) => podOf(each as WithPods) ?? []);
            // Of both StatefulSets, at least.
            assert.ok(pods.length >= 2);
            for (const pod of pods) {
                const { spec } = JSON.parse(tryOut([pod], "-o", "json")) as V1Pod;
                const volumes = spec?.volumes ?? [];
                const sources = volumes.flatMap(({ projected }) => projected?.sources ?? []);
                assert.ok(
                    !sources.some(({ serviceAccountToken }) => serviceAccountToken),
                    pod.metadata?.name,
                );
            }
        });
    }

    it("gives pods the pull secrets of the namespace's service account", async () => {
        const patch = '{"imagePullSecrets":[{"name":"registry"}]}';
        kubectl(["patch", "serviceaccount", "default", "-n", NAMESPACE, "-p", patch]);
        const pods = (await objectsOf(STATEFULSET)).flatMap(
            (each) => podOf(each as WithPods) ?? [],
        );
        await waitFor("the pull secrets", 30, () =>
            pods.every((pod) => {
                const { spec } = JSON.parse(tryOut([pod], "-o", "json")) as V1Pod;
                return spec?.imagePullSecrets?.[0]?.name === "registry";
            }),
        );
    });

    it("refuses a field that it does not know, and a pod of a lesser standard", async () => {
        const objects = await objectsOf(STATEFULSET);
        const kafka = objects.find(({ kind }) => kind === "StatefulSet") as WithPods;
        const typo = { ...kafka, spec: { ...kafka.spec, replica: 3 } };
        assert.throws(() => tryOut([typo]), /spec\.replica: field not declared/);
        const { template, ...spec } = kafka.spec!;
        const lax = { ...template!.spec!, securityContext: {} };
        const lesser = { ...kafka, spec: { ...spec, template: { ...template, spec: lax } } };
        assert.throws(() => tryOut([lesser]), /would violate PodSecurity "restricted/);
        assert.throws(() => tryOut([podOf(lesser)!]), /violates PodSecurity "restricted/);
    });
});
