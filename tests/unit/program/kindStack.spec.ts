import assert from "node:assert/strict";
import type { KubernetesObject, V1PodSpec } from "@kubernetes/client-node";
import type { Resources } from "../../../components/kubernetes/pods";
import { parseQuantity } from "../../../components/kubernetes/quantity";
import { loadConfig } from "../../../config";
import type { StatefulSetConfig, StrimziConfig } from "../../../config/stackConfig";
import { REPOSITORY } from "../../../tools/cli/repository";
import { readStackConfig } from "../../../tools/cli/stackFile";
import { forGitops } from "../../../tools/render/gitops";
import { type RenderedStack, renderStack } from "../../../tools/render/renderStack";
import { podOfHost } from "../../../tools/client/tunnel";

const TYPE = "kafka-eks:kafkaDeploymentType";
const MIB = 2 ** 20;

const kind = (type?: string) =>
    readStackConfig(REPOSITORY, "kind", type === undefined ? {} : { [TYPE]: type });

/** What pods ask for, as many times as there are of them. */
type Asked = readonly [pods: number, requests: { readonly cpu?: string; readonly memory?: string }];

/** Cores in thousandths, and MiB. */
function sum(asked: readonly Asked[]): { cpu: number; memory: number } {
    const all = (of: (requests: Asked[1]) => string | undefined) =>
        asked.reduce(
            (total, [pods, requests]) => total + pods * parseQuantity(of(requests) ?? "0")!,
            0,
        );
    return {
        cpu: Math.round(1000 * all(({ cpu }) => cpu)),
        memory: all(({ memory }) => memory) / MIB,
    };
}

interface Workload extends KubernetesObject {
    readonly spec: { readonly replicas?: number; readonly template: { readonly spec: V1PodSpec } };
}

/** What the containers of StatefulSets and Jobs ask for, as if all of them ran at once. */
function ofPods({ objects, config }: RenderedStack): Asked[] {
    return forGitops(objects, config)
        .map(({ object }) => object)
        .filter((object) => ["StatefulSet", "Job"].includes(object.kind ?? ""))
        .flatMap((object) => {
            const { replicas = 1, template } = (object as Workload).spec;
            return template.spec.containers.map(({ resources }): Asked => [
                replicas,
                resources?.requests ?? {},
            ]);
        });
}

interface Pool extends KubernetesObject {
    readonly spec: {
        readonly replicas: number;
        readonly roles: readonly string[];
        readonly resources?: Resources;
    };
}

interface KafkaResource extends KubernetesObject {
    readonly spec: {
        readonly entityOperator: Readonly<
            Record<"topicOperator" | "userOperator", { readonly resources: Resources }>
        >;
    };
}

describe("the stack kind", () => {
    it("is one node of Strimzi that is broker and controller, on the cluster of the kubeconfig", () => {
        const config = loadConfig(kind()) as StrimziConfig;
        assert.equal(config.platform, "kubeconfig");
        assert.equal(config.kafkaDeploymentType, "strimzi");
        assert.equal(config.strimzi.controllers, undefined);
        assert.deepEqual(config.listeners, [
            {
                name: "internal",
                port: 9092,
                type: "internal",
                tls: false,
                networkPolicyPeers: [{ namespaceSelector: {} }],
            },
        ]);
        const { replicas, rackAwareness, storage, resources, spread } = config.kafka;
        assert.deepEqual(
            { replicas, rackAwareness, storage, resources, spread },
            {
                replicas: 1,
                rackAwareness: false,
                storage: { size: "2Gi" },
                resources: {
                    requests: { cpu: "200m", memory: "768Mi" },
                    limits: { memory: "768Mi" },
                },
                spread: "preferred",
            },
        );
    });

    it("is one broker and one member of ZooKeeper without cert-manager, where the type says so", () => {
        const config = loadConfig(kind("statefulset")) as StatefulSetConfig;
        assert.equal(config.kafka.replicas, 1);
        assert.equal(config.zookeeper.replicas, 1);
        assert.deepEqual(config.certificates, { source: "none" });
    });

    it("asks for 400m of CPU and 1792 MiB in all with Strimzi", async () => {
        const rendered = await renderStack({ stack: "kind", config: kind() });
        const pools = rendered.objects.filter(
            (object) => object.kind === "KafkaNodePool",
        ) as Pool[];
        assert.deepEqual(
            pools
                .filter(({ spec }) => spec.replicas > 0)
                .map(({ metadata, spec }) => [metadata?.name, spec.replicas, spec.roles]),
            [["broker", 1, ["broker", "controller"]]],
        );
        const kafka = rendered.objects.find((object) => object.kind === "Kafka") as KafkaResource;
        const { topicOperator, userOperator } = kafka.spec.entityOperator;
        // What only the resource of the operator says is in no pod here.
        assert.deepEqual(topicOperator.resources, {
            requests: { cpu: "50m", memory: "256Mi" },
            limits: { memory: "384Mi" },
        });
        const releases = rendered.releases.map(({ values }): Asked => {
            const { replicas, resources } = values as { replicas: number; resources: Resources };
            return [replicas, resources.requests];
        });
        assert.equal(releases.length, 1);
        const asked = sum([
            ...ofPods(rendered),
            ...pools.map(({ spec }): Asked => [spec.replicas, spec.resources?.requests ?? {}]),
            [1, topicOperator.resources.requests],
            [1, userOperator.resources.requests],
            ...releases,
        ]);
        assert.deepEqual(asked, { cpu: 400, memory: 1792 });
    });

    it("asks for 350m of CPU and 1664 MiB with StatefulSets, with the Job that comes before them", async () => {
        const rendered = await renderStack({ stack: "kind", config: kind("statefulset") });
        assert.deepEqual(rendered.releases, []);
        assert.deepEqual(sum(ofPods(rendered)), { cpu: 350, memory: 1664 });
    });

    it("keeps one copy of everything", async () => {
        const { objects } = await renderStack({ stack: "kind", config: kind() });
        const kafka = objects.find((object) => object.kind === "Kafka") as KubernetesObject & {
            readonly spec: { readonly kafka: { readonly config: Record<string, string> } };
        };
        assert.deepEqual(kafka.spec.kafka.config, {
            "default.replication.factor": "1",
            "min.insync.replicas": "1",
            "offsets.topic.replication.factor": "1",
            "transaction.state.log.replication.factor": "1",
            "transaction.state.log.min.isr": "1",
            "num.recovery.threads.per.data.dir": "4",
            "offsets.topic.num.partitions": "3",
            "group.initial.rebalance.delay.ms": "0",
            "auto.create.topics.enable": "false",
            "unclean.leader.election.enable": "false",
        });
    });

    for (const [type, pod] of [
        ["strimzi", "kafka-broker-0"],
        ["statefulset", "kafka-0"],
    ] as const) {
        it(`has a broker of type ${type} that a tunnel through the Kubernetes API reaches`, async () => {
            const { objects } = await renderStack({ stack: "kind", config: kind(type) });
            const map = objects.find(({ metadata }) => metadata?.name === "kafka-listeners");
            const { data } = map as KubernetesObject & { data: Record<string, string> };
            const [listener] = JSON.parse(data["listeners.json"]!) as { brokers: string[] }[];
            assert.deepEqual(
                listener!.brokers.map((address) => podOfHost(address.split(":")[0]!)),
                [pod],
            );
        });
    }
});
