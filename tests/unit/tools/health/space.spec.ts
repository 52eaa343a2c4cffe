import assert from "node:assert/strict";
import type { V1Pod } from "@kubernetes/client-node";
import { TimeoutError } from "../../../../tools/cli/errors";
import type { PodCommand } from "../../../../tools/client/podExec";
import type { HealthContext } from "../../../../tools/health/check";
import type { ExpectedSet } from "../../../../tools/health/expected";
import { checkSpace, judgeSpace, mountedClaims, parseUsage } from "../../../../tools/health/space";

const NAMESPACE = "kafka";
const CLAIM = {
    claim: "data-kafka-0",
    pod: "kafka-0",
    container: "kafka",
    path: "/var/lib/kafka/data",
};

/** A set with one claim. */
function set(kind: ExpectedSet["kind"], name: string, claim = "data-kafka-0"): ExpectedSet {
    return { kind, name, replicas: 1, pods: [], claims: [claim] };
}

/** A pod that has mounted its claim `data-…`, as the API server has it. */
function pod(name: string, state: object = { running: {} }): V1Pod {
    return {
        metadata: { name },
        spec: {
            containers: [
                { name: "sidecar" },
                {
                    name: "kafka",
                    volumeMounts: [
                        { name: "config", mountPath: "/etc/kafka-eks" },
                        { name: "data", mountPath: "/var/lib/kafka/data" },
                    ],
                },
            ],
            volumes: [
                { name: "config", configMap: { name: "kafka-config" } },
                { name: "data", persistentVolumeClaim: { claimName: `data-${name}` } },
            ],
        },
        status: {
            containerStatuses: [
                { name: "kafka", image: "i", imageID: "", ready: true, restartCount: 0, state },
            ],
        },
    };
}

describe("mountedClaims", () => {
    it("finds the container and the path of each claim", () => {
        assert.deepEqual(mountedClaims([pod("kafka-0")]), [CLAIM]);
    });

    it("names no container where none runs, so that nobody can look", () => {
        const { container: _, ...claim } = CLAIM;
        assert.deepEqual(mountedClaims([pod("kafka-0", { waiting: {} })]), [claim]);
    });

    it("leaves out claims that no container mounts", () => {
        const found = pod("kafka-0");
        found.spec!.volumes!.push({
            name: "spare",
            persistentVolumeClaim: { claimName: "spare-kafka-0" },
        });
        assert.deepEqual(mountedClaims([found]), [CLAIM]);
    });
});

describe("parseUsage", () => {
    for (const [what, text] of [
        [
            "GNU",
            "Filesystem     1024-blocks     Used Available Capacity Mounted on\n" +
                "/dev/nvme1n1      52403200 47362880   5040320      91% /var/lib/kafka/data\n",
        ],
        [
            "BusyBox, of a file system with a space in its name",
            "Filesystem           1024-blocks    Used Available Capacity Mounted on\n" +
                "//nas/my share          52403200 47362880   5040320  91% /var/lib/kafka/data\n",
        ],
    ] as const) {
        it(`reads what df prints by ${what}`, () => {
            assert.deepEqual(parseUsage(text), {
                size: 52_403_200,
                used: 47_362_880,
                available: 5_040_320,
            });
        });
    }

    it("takes nothing else", () => {
        assert.equal(parseUsage("df: /var/lib/kafka/data: No such file or directory\n"), undefined);
    });
});

describe("judgeSpace", () => {
    const base = { area: "volumes", name: "data-kafka-0: free space" };
    const kafka = set("statefulset", "kafka");

    it("passes a volume with 10 % free, and says how full it is", () => {
        const usage = { size: 52_428_800, used: 45_000_000, available: 5_000_000 };
        assert.deepEqual(judgeSpace(CLAIM, { usage }, [kafka], NAMESPACE), {
            ...base,
            ok: true,
            detail: "42.9 of 50.0 GiB used, 10 % free",
        });
    });

    for (const [expected, key] of [
        [kafka, "kafka-eks:kafka.storage.size"],
        [set("statefulset", "zookeeper"), "kafka-eks:zookeeper.storage.size"],
        [set("kafkanodepool", "broker"), "kafka-eks:kafka.storage.size"],
        [set("kafkanodepool", "controller"), "kafka-eks:strimzi.controllers.storage.size"],
    ] as const) {
        it(`fails a fuller one of ${expected.kind} ${expected.name}, and says what to grow`, () => {
            const usage = { size: 52_428_800, used: 45_000_000, available: 4_999_999 };
            assert.deepEqual(judgeSpace(CLAIM, { usage }, [expected], NAMESPACE), {
                ...base,
                ok: false,
                detail: "42.9 of 50.0 GiB used, 9 % free",
                next: `grow it: pulumi config set --path ${key} SIZE && pulumi up`,
            });
        });
    }

    it("does not guess what to grow", () => {
        const usage = { size: 1, used: 1, available: 0 };
        const check = judgeSpace(CLAIM, { usage }, [], NAMESPACE);
        assert.equal(check.next, "kubectl exec kafka-0 -n kafka -- df -h /var/lib/kafka/data");
    });

    it("fails a volume that gives no answer", () => {
        const found = { fault: "timed out after 10 s waiting for df", isSilent: true };
        assert.deepEqual(judgeSpace(CLAIM, found, [kafka], NAMESPACE), {
            ...base,
            ok: false,
            detail: "timed out after 10 s waiting for df",
            next: "kubectl describe pod kafka-0 -n kafka",
        });
    });

    it("fails nothing where nobody may look", () => {
        const found = { fault: "no permission to create pods/exec", isSilent: false };
        assert.deepEqual(judgeSpace(CLAIM, found, [kafka], NAMESPACE), {
            ...base,
            ok: true,
            skipped: true,
            detail: "could not be read: no permission to create pods/exec",
        });
    });
});

describe("checkSpace", () => {
    it("asks every pod by itself, so that one without an answer hides no other", async () => {
        const asked: PodCommand[] = [];
        const listNamespacedPod = () =>
            Promise.resolve({ items: [pod("kafka-1"), pod("kafka-0")] });
        const context = {
            namespace: NAMESPACE,
            apis: { core: { listNamespacedPod } },
            exec: (command: PodCommand) => {
                asked.push(command);
                return command.pod === "kafka-0"
                    ? Promise.reject(new TimeoutError("timed out after 10 s", "try again"))
                    : Promise.resolve("/dev/vda 100 50 50 50% /var/lib/kafka/data\n");
            },
        } as unknown as HealthContext;
        const checks = await checkSpace(context, []);
        assert.deepEqual(
            checks.map(({ name, ok, detail }) => [name, ok, detail]),
            [
                ["data-kafka-0: free space", false, "timed out after 10 s"],
                ["data-kafka-1: free space", true, "0.0 of 0.0 GiB used, 50 % free"],
            ],
        );
        assert.deepEqual(asked[0], {
            pod: "kafka-0",
            container: "kafka",
            command: ["df", "-Pk", "/var/lib/kafka/data"],
            timeoutMs: 10_000,
        });
    });

    it("says that nobody knows it of a pod that does not run, and fails nothing for it", async () => {
        const items = [pod("kafka-0", { waiting: { reason: "CrashLoopBackOff" } })];
        const core = { listNamespacedPod: () => Promise.resolve({ items }) };
        const context = { namespace: NAMESPACE, apis: { core } } as unknown as HealthContext;
        assert.deepEqual(await checkSpace(context, []), [
            {
                area: "volumes",
                name: "data-kafka-0: free space",
                ok: true,
                skipped: true,
                detail: "could not be read: kafka-0 does not run",
            },
        ]);
    });

    it("says nothing where the pods may not be seen", async () => {
        const core = { listNamespacedPod: () => Promise.reject(new Error("forbidden")) };
        const context = { namespace: NAMESPACE, apis: { core } } as unknown as HealthContext;
        assert.deepEqual(await checkSpace(context, []), []);
    });
});
