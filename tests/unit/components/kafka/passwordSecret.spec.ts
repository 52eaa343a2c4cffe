import assert from "node:assert/strict";
import type { KubernetesObject, V1PodSpec } from "@kubernetes/client-node";
import { passwordSecret, refuseUsedPassword } from "../../../../components/kafka/passwordSecret";
import { AnsweringCluster } from "../../../support/answeringCluster";
import { register } from "../../../support/mocks";

const AUTH = { metadata: { name: "zookeeper-auth", namespace: "streams" } };
const SECRET = { apiVersion: "v1", kind: "Secret", ...AUTH };
const MOUNTED = { volumes: [{ name: "auth", secret: { secretName: "zookeeper-auth" } }] };
const PROJECTED = {
    volumes: [
        { name: "secrets", projected: { sources: [{ secret: { name: "zookeeper-auth" } }] } },
    ],
};
const OTHERS = {
    volumes: [
        { name: "auth", secret: { secretName: "kafka-user-alice" } },
        { name: "secrets", projected: { sources: [{ configMap: { name: "zookeeper-auth" } }] } },
        { name: "data", emptyDir: {} },
    ],
};

function pod(spec: Partial<V1PodSpec>): KubernetesObject & { spec: object } {
    const metadata = { name: "zookeeper-0", namespace: "streams" };
    return { apiVersion: "v1", kind: "Pod", metadata, spec };
}

function job(spec: Partial<V1PodSpec>): KubernetesObject & { spec: object } {
    const metadata = { name: "kafka-users-0", namespace: "streams" };
    return { apiVersion: "batch/v1", kind: "Job", metadata, spec: { template: { spec } } };
}

function ask(objects: KubernetesObject[]): Promise<void> {
    return refuseUsedPassword(new AnsweringCluster(objects), AUTH);
}

describe("a Secret with a generated password", () => {
    for (const [who, object] of [
        ["a pod", pod(MOUNTED)],
        ["a pod, among others", pod(PROJECTED)],
        ["a Job", job(MOUNTED)],
        ["a Job, among others", job(PROJECTED)],
    ] as const) {
        it(`is not made in the place of one that ${who} mounts`, async () => {
            await assert.rejects(ask([SECRET, object]), {
                message:
                    "Secret zookeeper-auth: expected none, as the stack's state has none, got one whose password " +
                    "is in use. Next: put the state back (pulumi stack import). If it is lost, delete the Secret, " +
                    "run up, and restart all pods that mount it",
            });
        });
    }

    it("takes the place of one that a killed up left, as nobody has read it", async () => {
        await ask([SECRET, pod(OTHERS), job(OTHERS)]);
    });

    it("is made where there is none, whoever waits for it", async () => {
        await ask([pod(MOUNTED)]);
    });

    it("is asked about before it is made, and never again", async () => {
        const live = new AnsweringCluster([SECRET, pod(MOUNTED)]);
        const { resources } = await register(() => passwordSecret("auth", { ...AUTH, live }, {}), {
            hooks: true,
        });
        const { inputs, hooks } = resources.object("Secret", "zookeeper-auth");
        assert.deepEqual(hooks.beforeUpdate, []);
        await assert.rejects(
            hooks.beforeCreate[0]!.callback({ newInputs: inputs }),
            /^Error: Secret zookeeper-auth: expected none, as the stack's state has none/,
        );
    });

    it("is not asked about where the password is given", async () => {
        const live = new AnsweringCluster([SECRET, pod(MOUNTED)]);
        const { resources } = await register(
            () => passwordSecret("auth", { ...AUTH, password: "p", live }, {}),
            { hooks: true },
        );
        const { hooks } = resources.object("Secret", "zookeeper-auth");
        assert.deepEqual(hooks, { beforeCreate: [], beforeUpdate: [] });
    });
});
