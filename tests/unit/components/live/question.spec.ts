import assert from "node:assert/strict";
import { mock } from "node:test";
import type { KubernetesObject, V1ContainerStatus, V1Job, V1Pod } from "@kubernetes/client-node";
import type { Kind } from "../../../../components/live/objects";
import { ask } from "../../../../components/live/question";
import { AnsweringCluster } from "../../../support/answeringCluster";

const JOB: V1Job = {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: { generateName: "check-", namespace: "streams" },
    spec: { template: { spec: { containers: [{ name: "check" }] } } },
};

/** A cluster in which the pods of Jobs are in another state. */
class StuckCluster extends AnsweringCluster {
    constructor(
        private readonly status: Partial<V1ContainerStatus>,
        objects: readonly object[] = [],
    ) {
        super(objects, { "check-": [0, ""] });
    }

    override async list<T>(...args: Parameters<AnsweringCluster["list"]>): Promise<T[]> {
        const pods = await super.list<V1Pod>(...args);
        return pods.map(({ metadata }) => ({
            metadata,
            status: { containerStatuses: [this.status] },
        })) as T[];
    }
}

const SENT = { ...JOB, metadata: { ...JOB.metadata, name: "check-1" } };

describe("question inside the cluster", () => {
    it("is a Job that ends in time, is not repeated, and is gone afterwards", async () => {
        const live = new AnsweringCluster([], { "check-": [0, "  yes\nand no\n"] });
        assert.deepEqual(await ask(live, "streams", JOB), { exitCode: 0, text: "yes\nand no" });
        assert.deepEqual(live.jobs, [
            {
                ...SENT,
                spec: {
                    ...JOB.spec,
                    backoffLimit: 0,
                    activeDeadlineSeconds: 300,
                    ttlSecondsAfterFinished: 600,
                },
            },
        ]);
        assert.deepEqual(live.done, ["create Job check-1", "remove Job check-1"]);
    });

    it("is another Job each time", async () => {
        const live = new AnsweringCluster([], { "check-": [0, "yes"] });
        await ask(live, "streams", JOB);
        await ask(live, "streams", JOB);
        assert.deepEqual(
            live.jobs.map(({ metadata }) => metadata!.name),
            ["check-1", "check-2"],
        );
    });

    it("has the last words of what failed, and its exit code", async () => {
        const live = new AnsweringCluster([], { "check-": [2, "no quorum\n"] });
        assert.deepEqual(await ask(live, "streams", JOB), { exitCode: 2, text: "no quorum" });
    });

    it("says how it ended where there are no last words", async () => {
        for (const [terminated, text] of [
            [{ exitCode: 137, reason: "OOMKilled" }, "it ended with OOMKilled"],
            [{ exitCode: 3 }, "it ended with exit code 3"],
        ] as const) {
            const answer = await ask(new StuckCluster({ state: { terminated } }), "streams", JOB);
            assert.deepEqual(answer, { exitCode: terminated.exitCode, text });
        }
    });

    it("says at once why its pod never can run, and is gone then, too", async () => {
        for (const [waiting, why] of [
            [{ reason: "InvalidImageName" }, "InvalidImageName"],
            [
                { reason: "CreateContainerConfigError", message: 'secret "a" not found' },
                'secret "a" not found',
            ],
        ] as const) {
            const live = new StuckCluster({ state: { waiting } });
            assert.deepEqual(await ask(live, "streams", JOB), {
                exitCode: undefined,
                text: `expected the Job check-1 to run, got "${why}"`,
            });
            assert.deepEqual(live.done, ["create Job check-1", "remove Job check-1"]);
        }
    });

    describe("whose pod is prepared", () => {
        const PREPARING = { state: { waiting: { reason: "ContainerCreating" } } };
        const ADMIN_TOOL = {
            apiVersion: "v1",
            kind: "ConfigMap",
            metadata: { name: "kafka-admin-0123", namespace: "streams" },
        };
        const job: V1Job = {
            ...JOB,
            spec: {
                template: {
                    spec: {
                        containers: [{ name: "check" }],
                        volumes: [
                            { name: "tls", secret: { secretName: "kafka-brokers-tls" } },
                            { name: "config", configMap: { name: "kafka-admin-0123" } },
                        ],
                    },
                },
            },
        };
        const secret = { ...ADMIN_TOOL, kind: "Secret", metadata: { ...ADMIN_TOOL.metadata } };
        secret.metadata.name = "kafka-brokers-tls";
        const answer = async (...objects: readonly object[]) =>
            (await ask(new StuckCluster(PREPARING, objects), "streams", job)).text;
        const LATE = 181_000;

        afterEach(() => mock.restoreAll());

        /** Lets the time for its start be over at the first look. */
        function beLate(): void {
            let looks = 0;
            mock.method(performance, "now", () => looks++ * LATE);
        }

        it("names a ConfigMap that is not there at once, and how it is made again", async () => {
            assert.equal(
                await answer(secret),
                'expected the Job check-1 to run, got "its pod waits for the ConfigMap kafka-admin-0123, ' +
                    'which is not there: pulumi up --refresh makes it again"',
            );
        });

        it("names a Secret that nobody has made in time", async () => {
            beLate();
            assert.equal(
                await answer(ADMIN_TOOL),
                'expected the Job check-1 to run, got "its pod waits for the Secret kafka-brokers-tls, which is not there: ' +
                    'docs/operations.md#a-configmap-or-a-secret-is-missing says how it is made again"',
            );
        });

        it("says what Kubernetes does where all files are there", async () => {
            beLate();
            assert.equal(
                await answer(ADMIN_TOOL, secret),
                'expected the Job check-1 to run, got "ContainerCreating"',
            );
        });
    });

    describe("that gets no pod", () => {
        /** A cluster that makes Jobs and not their pods. */
        class FullCluster extends AnsweringCluster {
            constructor(private readonly events: () => Promise<object[]>) {
                super([], { "check-": [0, ""] });
            }

            override async create<T extends KubernetesObject>(object: T): Promise<T> {
                const made = await super.create(object);
                return { ...made, metadata: { ...made.metadata, uid: "of-the-job" } };
            }

            override list<T>({ kind }: Kind): Promise<T[]> {
                return (kind === "Event" ? this.events() : Promise.resolve([])) as Promise<T[]>;
            }
        }

        const refusal = (uid: string, message: string) => ({
            type: "Warning",
            involvedObject: { uid },
            message,
        });
        const said = async (events: () => Promise<object[]>) => {
            let looks = 0;
            const { mock: late } = mock.method(performance, "now", () => looks++ * 181_000);
            try {
                return (await ask(new FullCluster(events), "streams", JOB)).text;
            } finally {
                // At once: `restoreAll` brings the first of two back, and not the real one.
                late.restore();
            }
        };

        it("says what Kubernetes refuses it for: the Job is gone afterwards", async () => {
            assert.equal(
                await said(() =>
                    Promise.resolve([
                        refusal("of-the-job", "Error creating: exceeded quota: small"),
                        refusal("of-another", "no"),
                    ]),
                ),
                'expected the Job check-1 to run, got "Error creating: exceeded quota: small"',
            );
        });

        it("says that nobody knows, also to whom may not list events", async () => {
            for (const events of [
                () => Promise.resolve([]),
                () => Promise.reject(new Error("forbidden")),
            ]) {
                assert.equal(
                    await said(events),
                    'expected the Job check-1 to run, got "it got no pod, and no event says why"',
                );
            }
        });
    });

    it("says why there may be no Job", async () => {
        const live = new AnsweringCluster();
        live.create = () => Promise.reject(new Error("exceeded quota: small."));
        assert.deepEqual(await ask(live, "streams", JOB), {
            exitCode: undefined,
            text: 'expected a Job check-… to run, got "exceeded quota: small"',
        });
    });
});
