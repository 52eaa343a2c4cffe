import assert from "node:assert/strict";
import { REPOSITORY } from "../../../tools/cli/repository";
import { readStackConfig } from "../../../tools/cli/stackFile";
import { AnsweringCluster } from "../../support/answeringCluster";
import { type Registrations, runProgram } from "../../support/mocks";
import { runningStatefulSet, WHOLE } from "../components/statefulset/live";

const CONFIG = { platform: "kubeconfig", kafkaDeploymentType: "statefulset" };
const ENSEMBLE = "kubernetes:apps/v1:StatefulSet zookeeper-members-statefulset";

const KEPT = {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: {
        name: "kafka-until-restarted-x",
        namespace: "kafka",
        labels: { "kafka-eks/until-restarted": "kafka" },
    },
};

/** The program on a cluster where all runs as wanted, and a policy of an earlier `up` is kept. */
async function runAgain(annotations: Readonly<Record<string, string>>, config = CONFIG) {
    const { resources } = await runProgram(config);
    const running = ["zookeeper", "kafka"].flatMap((name) =>
        runningStatefulSet(resources.object("StatefulSet", name).inputs),
    );
    const metadata = {
        name: "kafka",
        annotations: { "kafka-eks/owner": "kafka-eks/test", ...annotations },
    };
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata };
    const live = new AnsweringCluster([namespace, KEPT, ...running], {
        "kafka-check-": [0, JSON.stringify(WHOLE)],
    });
    const run = await runProgram(config, { live, hooks: true });
    assert.equal(run.error, undefined);
    return { resources: run.resources, live };
}

/** Names of the objects of a kind that are asked about before they change, or are made over one that is there. */
const asked = (resources: Registrations, kind: string) =>
    resources.objects
        .filter(
            ({ inputs, hooks }) =>
                inputs.kind === kind &&
                hooks.beforeUpdate.length > 0 &&
                hooks.beforeCreate.length > 0,
        )
        .map(({ inputs }) => inputs.metadata.name)
        .sort();

const waitsOf = (resources: Registrations, component: string) =>
    resources.resource(`kafka-eks:index:${component} kafka`).options.dependencies;

describe("program with StatefulSets that run", () => {
    it("asks before the policy and the Services of the brokers change, and before no others", async () => {
        const { resources } = await runAgain({ "kafka-eks/brokers": "3" });
        assert.deepEqual(asked(resources, "NetworkPolicy"), ["kafka"]);
        assert.deepEqual(asked(resources, "Service"), [
            "kafka-bootstrap",
            "kafka-headless",
            "kafka-service",
        ]);
    });

    it("asks before the brokers' certificate changes, and before no other", async () => {
        const config = { ...CONFIG, certificates: { source: "cert-manager" } };
        const { resources } = await runAgain({ "kafka-eks/brokers": "3" }, config);
        assert.deepEqual(asked(resources, "Certificate"), ["kafka-brokers-tls"]);
    });

    it("has the tool before the policy that asks with it", async () => {
        const { resources } = await runAgain({ "kafka-eks/brokers": "3" });
        const waits = waitsOf(resources, "KafkaNetworkPolicies");
        assert.ok(waits.includes("kubernetes:core/v1:ConfigMap kafka-admin"), waits.join());
    });

    it("changes Services after the ensemble where brokers ran, and makes them beside it otherwise", async () => {
        for (const [annotations, isAfter] of [
            [{ "kafka-eks/brokers": "3" }, true],
            [{}, false],
        ] as const) {
            const { resources } = await runAgain(annotations);
            const waits = waitsOf(resources, "KafkaServices");
            assert.equal(waits.includes(ENSEMBLE), isAfter, waits.join());
        }
    });

    it("has the load balancers that brokers share before their Services, whose gate needs the names", async () => {
        const { "kafka-eks:eks": eks, ...prod } = readStackConfig(REPOSITORY, "prod", {});
        const shared = {
            publicAccessCidrs: ["192.0.2.0/24"],
            ...(JSON.parse(eks!) as object),
            loadBalancers: { layout: "shared" },
        };
        const listeners = [
            { name: "internal", port: 9092, type: "internal" },
            { name: "external", port: 9094, type: "loadBalancer" },
        ];
        const config = { ...prod, ...CONFIG, platform: "eks", eks: shared, listeners };
        const { resources } = await runAgain({ "kafka-eks/brokers": "3" }, config);
        const waits = waitsOf(resources, "KafkaServices");
        const [loadBalancer] = resources.all.filter(
            ({ type }) => type === "aws:lb/loadBalancer:LoadBalancer",
        );
        assert.ok(waits.includes(loadBalancer!.key), waits.join());
    });

    it("deletes the policy that was kept until the brokers have restarted", async () => {
        const { live } = await runAgain({ "kafka-eks/brokers": "3" });
        assert.ok(live.done.includes("remove NetworkPolicy kafka-until-restarted-x"));
    });
});
