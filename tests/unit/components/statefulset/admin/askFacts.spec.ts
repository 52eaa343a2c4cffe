import assert from "node:assert/strict";
import type { V1Job, V1PodSpec } from "@kubernetes/client-node";
import { factsScript } from "../../../../../components/statefulset/admin/adminClasses";
import { askFacts, type FactsOptions } from "../../../../../components/statefulset/admin/askFacts";
import { brokerClient } from "../../../../../components/statefulset/brokers/brokerClient";
import { brokerPodSpec } from "../../../../../components/statefulset/brokers/brokerPod";
import { questionJob } from "../../../../../components/statefulset/jobs";
import { configMounts } from "../../../../../components/statefulset/statefulSetSpec";
import { AnsweringCluster } from "../../../../support/answeringCluster";
import { NAMESPACE, WHOLE } from "../live";

function brokerPod(encrypted: boolean) {
    return brokerPodSpec({
        namespace: NAMESPACE,
        clusterDomain: "cluster.local",
        image: "kafka:1",
        resources: { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "1Gi" } },
        spread: "preferred",
        rackAwareness: true,
        listeners: [],
        security: { encrypted },
    }) as V1PodSpec;
}

/** Asks, and returns the Job and what came of it. */
async function ask(
    pod: V1PodSpec,
    options?: FactsOptions,
    exitCode = 0,
    text?: string,
    asked: readonly number[] = [0, 2],
) {
    const live = new AnsweringCluster([], {
        "kafka-check-": [exitCode, text ?? JSON.stringify(WHOLE)],
    });
    const facts = await askFacts(
        {
            live,
            namespace: NAMESPACE,
            clusterDomain: "example.org",
            adminTool: "kafka-admin-0123",
        },
        { pod, asked },
        options,
    );
    const [job] = live.jobs;
    return { facts, job: job! };
}

const BROKERS =
    "kafka-0.kafka-headless.streams.svc.example.org:9091,kafka-2.kafka-headless.streams.svc.example.org:9091";

function variableOf(name: string, { spec }: V1Job): string | undefined {
    return spec!.template.spec!.containers[0]!.env!.find((each) => each.name === name)!.value;
}

const optionsOf = async (options?: FactsOptions) =>
    variableOf("FACTS_OPTIONS", (await ask(brokerPod(false), options)).job);

describe("facts about Kafka", () => {
    for (const encrypted of [false, true]) {
        it(`are asked for as ${encrypted ? "a broker" : "anybody"} where brokers ${encrypted ? "" : "don't "}encrypt`, async () => {
            const { facts, job } = await ask(brokerPod(encrypted));
            assert.deepEqual(facts, WHOLE);
            const { env, mounts } = brokerClient({ encrypted });
            const { metadata, spec } = questionJob(
                {
                    name: "kafka-check",
                    container: "check",
                    image: "kafka:1",
                    script: factsScript(),
                    env: { ...env, BOOTSTRAP: BROKERS, FACTS_OPTIONS: "" },
                    mounts: [configMounts(["kafka-admin-0123"]), ...mounts],
                    memory: "256Mi",
                },
                "kafka",
                NAMESPACE,
            );
            assert.deepEqual(job.metadata, { ...metadata, name: "kafka-check-1" });
            assert.deepEqual(job.spec!.template, spec!.template);
        });
    }

    it("are asked for with Kafka's image, whatever others have added to the pod", async () => {
        const { containers, ...pod } = brokerPod(false);
        const proxy = { name: "proxy", image: "proxy:1" };
        const { job } = await ask({ ...pod, containers: [proxy, ...containers] });
        assert.equal(job.spec!.template.spec!.containers[0]!.image, "kafka:1");
    });

    it("are asked of the brokers that can answer, and of anybody where nobody knows who can", async () => {
        const asked = async (brokers: readonly number[]) =>
            variableOf("BOOTSTRAP", (await ask(brokerPod(false), {}, 0, undefined, brokers)).job);
        assert.equal(await asked([0, 2]), BROKERS);
        assert.equal(await asked([]), "kafka-headless:9091");
    });

    it("are more where more has to be known", async () => {
        assert.equal(await optionsOf(), "");
        assert.equal(await optionsOf({ without: [] }), "");
        assert.equal(await optionsOf({ without: [0, 2] }), "--without 0,2");
        assert.equal(await optionsOf({ from: 0, minIsr: 2 }), "--from 0 --min-isr 2");
    });

    it("are a sentence where Kafka does not answer", async () => {
        const { facts } = await ask(brokerPod(false), {}, 1, "Expected an answer, got none.\n");
        // A part of a sentence.
        assert.equal(facts, "Expected an answer, got none");
    });

    it("are a sentence where something else answers", async () => {
        const { facts } = await ask(brokerPod(false), {}, 0, "Usage: kafka-run-class");
        assert.match(
            facts as string,
            /^expected facts about Kafka, got "Usage: kafka-run-class" \(/,
        );
    });
});
