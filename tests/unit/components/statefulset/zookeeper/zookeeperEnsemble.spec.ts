import assert from "node:assert/strict";
import * as k8s from "@pulumi/kubernetes";
import { renderProperties } from "../../../../../components/kubernetes/files";
import { configVolume } from "../../../../../components/statefulset/statefulSetSpec";
import {
    ZookeeperEnsemble,
    ZookeeperEnsembleArgs,
} from "../../../../../components/statefulset/zookeeper/zookeeperEnsemble";
import { zookeeperPodSpec } from "../../../../../components/statefulset/zookeeper/zookeeperPod";
import { zookeeperProperties } from "../../../../../components/statefulset/zookeeper/zookeeperProperties";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { Registrations, register, type RunOptions, valueOf } from "../../../../support/mocks";
import { failuresOf } from "../../../../support/rejections";
import { type PodTemplate, revisionFilesOf, templateOf } from "../../pods";
import { livePod, liveStatefulSet, runningStatefulSet, withBrokenPod } from "../live";

const ENSEMBLE = "kafka-eks:index:ZookeeperEnsemble zookeeper";
const MEMBERS = "kafka-eks:index:DurableStatefulSet zookeeper-members";
const LABELS = {
    "app.kubernetes.io/name": "zookeeper",
    "app.kubernetes.io/part-of": "kafka-eks",
    "app.kubernetes.io/managed-by": "pulumi",
};
const ARGS: Omit<ZookeeperEnsembleArgs, "dataProvider"> = {
    namespace: "streams",
    clusterDomain: "cluster.local",
    replicas: 3,
    image: "zookeeper:1",
    authentication: "required",
    storage: { size: "20Gi" },
    resources: {
        requests: { cpu: "250m", memory: "512Mi" },
        limits: { memory: "512Mi" },
    },
    spread: "preferred",
    adminTool: "kafka-admin-0123",
    waitMinutes: 20,
    restartWhileDegraded: false,
};

async function create(
    args: Partial<ZookeeperEnsembleArgs> = {},
    options?: RunOptions,
): Promise<Registrations> {
    const { resources } = await register(
        () =>
            new ZookeeperEnsemble(
                "zookeeper",
                { dataProvider: new k8s.Provider("data"), ...ARGS, ...args },
                { provider: new k8s.Provider("cluster") },
            ),
        options,
    );
    return resources;
}

function membersOf(resources: Registrations): PodTemplate {
    return templateOf(resources.object("StatefulSet", "zookeeper"));
}

function filesOf(resources: Registrations): Readonly<Record<string, string>> {
    return revisionFilesOf(resources, "zookeeper").data;
}

describe("ZookeeperEnsemble", () => {
    it("has two Services, a password and the members", async () => {
        const resources = await create();
        assert.deepEqual(resources.childrenOf(ENSEMBLE).sort(), [
            "kafka-eks:index:DurableStatefulSet zookeeper-members",
            "kubernetes:core/v1:Secret zookeeper-auth",
            "kubernetes:core/v1:Service zookeeper-client",
            "kubernetes:core/v1:Service zookeeper-headless",
        ]);
        assert.equal(resources.childrenOf(MEMBERS).length, 3 + 3);
        assert.equal(resources.all.length, 1 + 4 + 6 + 2);
    });

    it("has a Service that leads clients to members which are ready", async () => {
        const { inputs } = (await create()).object("Service", "zookeeper");
        assert.deepEqual(inputs.spec, {
            selector: { "app.kubernetes.io/name": "zookeeper" },
            ports: [{ name: "client", port: 2181 }],
        });
    });

    it("has a Service that names members before they are ready: they elect a leader first", async () => {
        const { inputs } = (await create()).object("Service", "zookeeper-headless");
        const { selector, ports, ...more } = inputs.spec as {
            selector: object;
            ports: { name: string; port: number }[];
        };
        assert.deepEqual(selector, { "app.kubernetes.io/name": "zookeeper" });
        assert.deepEqual(more, { clusterIP: "None", publishNotReadyAddresses: true });
        assert.deepEqual(
            ports.map(({ name, port }) => `${name}:${port}`),
            ["client:2181", "peer:2888", "election:3888"],
        );
    });

    it("waits for no pods behind its Services, which come before them", async () => {
        const resources = await create();
        for (const name of ["zookeeper", "zookeeper-headless"]) {
            const { metadata } = resources.object("Service", name).inputs;
            assert.deepEqual(metadata.annotations, { "pulumi.com/skipAwait": "true" });
            assert.deepEqual(metadata.labels, LABELS);
            assert.equal(metadata.namespace, "streams");
        }
    });

    it("generates a password once, and keeps it out of everything else", async () => {
        const resources = await create({ live: new AnsweringCluster() }, { preview: true });
        const { inputs, options } = resources.object("Secret", "zookeeper-auth");
        // Marked as a secret on its way to the engine.
        const { value } = inputs.data as { value: { password: string } };
        const password = Buffer.from(value.password, "base64").toString();
        assert.match(password, /^[A-Za-z0-9_-]{32}$/);
        assert.deepEqual(inputs.metadata, {
            name: "zookeeper-auth",
            namespace: "streams",
            labels: LABELS,
            annotations: { "kafka-eks/generated": "true" },
        });
        assert.deepEqual(options.ignoreChanges, ["data"]);
        assert.equal(options.retainOnDelete, false);
        assert.deepEqual(options.gates, ["zookeeper-auth-unused"]);
        const others = resources.objects.filter(({ inputs: { kind } }) => kind !== "Secret");
        for (const text of [password, value.password]) {
            assert.ok(!JSON.stringify(others).includes(text));
        }
    });

    it("runs the pods of the members with their properties", async () => {
        for (const args of [{}, { replicas: 1, authentication: "optional" }] as const) {
            const resources = await create(args);
            const { volumes, ...pod } = zookeeperPodSpec(ARGS);
            const { volumes: mounted, ...made } = membersOf(resources).spec;
            assert.deepEqual(made, pod);
            const { name } = revisionFilesOf(resources, "zookeeper");
            assert.deepEqual(mounted, [configVolume([name]), ...volumes]);
            const { replicas: members, ...others } = { ...ARGS, ...args };
            assert.equal(
                filesOf(resources)["zookeeper.properties"],
                renderProperties(zookeeperProperties({ ...others, members })),
            );
        }
    });

    it("mounts every script that its commands run", async () => {
        assert.deepEqual(Object.keys(filesOf(await create())).sort(), [
            "log4j.properties",
            "server-checks.sh",
            "start-zookeeper.sh",
            "zookeeper-alive.sh",
            "zookeeper-in-quorum.sh",
            "zookeeper.properties",
        ]);
    });

    it("starts all members at once: none is ready without a quorum", async () => {
        const { spec } = (await create()).object("StatefulSet", "zookeeper").inputs;
        const { podManagementPolicy, serviceName } = spec as Record<string, unknown>;
        assert.deepEqual([podManagementPolicy, serviceName], ["Parallel", "zookeeper-headless"]);
    });

    it("restarts the members when their configuration changes, and only then", async () => {
        const hash = async (args: Partial<ZookeeperEnsembleArgs>) =>
            membersOf(await create(args)).metadata.annotations["kafka-eks/config-hash"];
        const first = await hash({});
        assert.match(first!, /^[0-9a-f]{16}$/);
        assert.equal(await hash({ storage: { size: "40Gi" } }), first);
        assert.notEqual(await hash({ replicas: 5 }), first);
        assert.notEqual(await hash({ authentication: "optional" }), first);
    });

    it("asks before the members change, and after the Services and the password", async () => {
        const cluster = new AnsweringCluster(
            [liveStatefulSet("zookeeper", 3), livePod("zookeeper-0")],
            { "zookeeper-update-check-": [1, "zookeeper-1 is down"] },
        );
        const resources = await create({ live: cluster }, { hooks: true, preview: true });
        const { hooks, inputs } = resources.object("StatefulSet", "zookeeper");
        await assert.rejects(
            hooks.beforeUpdate[0]!.callback({
                oldInputs: { spec: { template: {} } },
                newInputs: inputs,
            }),
            /^Error: zookeeper: zookeeper-1 is down\. No member was changed\./,
        );
        assert.deepEqual(resources.resource(MEMBERS).options.dependencies, [
            "kubernetes:core/v1:Secret zookeeper-auth",
            "kubernetes:core/v1:Service zookeeper-client",
            "kubernetes:core/v1:Service zookeeper-headless",
        ]);
    });

    describe("with members that can't start", () => {
        /** An ensemble of three, some of which can't start: the cluster, and whether brokers may go on. */
        async function lacking(...broken: readonly string[]) {
            const { inputs } = (await create()).object("StatefulSet", "zookeeper");
            const members = broken.reduce<object[]>(withBrokenPod, runningStatefulSet(inputs));
            const namespace = {
                apiVersion: "v1",
                kind: "Namespace",
                metadata: { name: "streams" },
            };
            const live = new AnsweringCluster([namespace, ...members]);
            const { result } = await register(
                () =>
                    new ZookeeperEnsemble(
                        "zookeeper",
                        { dataProvider: new k8s.Provider("data"), ...ARGS, live },
                        { provider: new k8s.Provider("cluster") },
                    ),
                { hooks: true },
            );
            return { live, ensemble: result };
        }

        const annotationsOf = (cluster: AnsweringCluster) =>
            cluster.objects.find(({ kind }) => kind === "Namespace")!.metadata!.annotations;

        it("lets brokers go on while a quorum serves, which has data from then on, and fails", async () => {
            const { live, ensemble } = await lacking("zookeeper-0");
            assert.notEqual(await valueOf(ensemble.serving), undefined);
            const [error] = await failuresOf(valueOf(ensemble.ready));
            assert.match(String(error), /zookeeper: expected 3 pods ready, got 2: zookeeper-0 can/);
            assert.deepEqual(annotationsOf(live), { "kafka-eks/zookeeper-members": "3" });
        });

        it("lets nobody go on without a quorum, and has no data then", async () => {
            const { live, ensemble } = await lacking("zookeeper-0", "zookeeper-2");
            const [error] = await failuresOf(valueOf(ensemble.serving));
            assert.match(String(error), /zookeeper: expected 3 pods ready, got 1: zookeeper-0 can/);
            assert.equal(annotationsOf(live), undefined);
        });
    });
});
