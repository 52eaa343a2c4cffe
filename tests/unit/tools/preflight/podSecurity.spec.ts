import assert from "node:assert/strict";
import type { V1Namespace, V1Pod, V1PodSpec } from "@kubernetes/client-node";
import {
    CONTAINER_SECURITY_CONTEXT,
    POD_SECURITY_CONTEXT,
} from "../../../../components/kubernetes/pods";
import { judgePodSecurity } from "../../../../tools/preflight/podSecurity";
import { violations } from "../../../../tools/preflight/restricted";
import { asking, group, pod } from "./objects";

const GOOD: V1PodSpec = {
    securityContext: POD_SECURITY_CONTEXT as object,
    containers: [{ name: "main", securityContext: CONTAINER_SECURITY_CONTEXT as object }],
};

function withContainer(more: object): V1PodSpec {
    return { ...GOOD, containers: [{ ...GOOD.containers[0]!, ...more }] };
}

function withSecurity(more: object): V1PodSpec {
    return withContainer({ securityContext: { ...CONTAINER_SECURITY_CONTEXT, ...more } as object });
}

describe("what the restricted standard does not admit", () => {
    const CASES: readonly (readonly [string, V1PodSpec, string[]])[] = [
        ["nothing of the program's", GOOD, []],
        [
            "what says nothing",
            asking("1", "1Gi"),
            [
                "main: allowPrivilegeEscalation is not false",
                "main: capabilities.drop without ALL",
                "main: runAsNonRoot is not true",
                "main: no seccompProfile",
            ],
        ],
        [
            "the networks of nodes",
            { ...GOOD, hostNetwork: true, hostPID: true, hostIPC: true },
            ["hostNetwork", "hostPID", "hostIPC"],
        ],
        [
            "paths of nodes",
            { ...GOOD, volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] },
            ["volume logs of another type"],
        ],
        [
            "no volume of its own",
            {
                ...GOOD,
                volumes: [
                    { name: "tmp", emptyDir: {} },
                    { name: "data", persistentVolumeClaim: { claimName: "data" } },
                ],
            },
            [],
        ],
        [
            "a port of the node",
            withContainer({ ports: [{ containerPort: 1, hostPort: 9100 }, { containerPort: 2 }] }),
            ["main: hostPort 9100"],
        ],
        ["privileges", withSecurity({ privileged: true }), ["main: privileged"]],
        [
            "capabilities but one",
            withSecurity({
                capabilities: { drop: ["ALL"], add: ["NET_BIND_SERVICE", "SYS_ADMIN"] },
            }),
            ["main: capability SYS_ADMIN"],
        ],
        [
            "root, also where the pod says otherwise",
            withSecurity({ runAsUser: 0 }),
            ["main: runAsUser is 0"],
        ],
        [
            "a container that takes back what its pod says",
            withSecurity({ runAsNonRoot: false }),
            ["main: runAsNonRoot is not true"],
        ],
        [
            "no filter of system calls",
            withSecurity({ seccompProfile: { type: "Unconfined" } }),
            ["main: no seccompProfile"],
        ],
        [
            "init containers",
            {
                ...GOOD,
                initContainers: [
                    {
                        name: "init",
                        securityContext: {
                            ...(CONTAINER_SECURITY_CONTEXT as object),
                            privileged: true,
                        },
                    },
                ],
            },
            ["init: privileged"],
        ],
    ];
    for (const [what, spec, expected] of CASES) {
        it(`is ${what}`, () => assert.deepEqual(violations(spec), expected));
    }
});

describe("the pod security of a namespace", () => {
    function judge(
        labels: Record<string, string> | undefined,
        pods: readonly V1Pod[] = [],
        spec = GOOD,
    ) {
        const namespace: V1Namespace | undefined =
            labels === undefined ? undefined : { metadata: { name: "kafka", labels } };
        return judgePodSecurity("kafka", [group(1, spec)], {
            namespace: { value: namespace },
            pods: { value: pods },
        });
    }

    it("is fine where all pods of the stack fit, whether or not it is there", () => {
        assert.deepEqual(judge(undefined), [
            {
                key: "pods in kafka",
                outcome: "ok",
                found: "all fit the level restricted, which the namespace will enforce",
            },
            { key: "namespace kafka", outcome: "ok", found: "not there yet: up makes it" },
        ]);
        const texts: Record<string, string>[] = [
            {},
            { "pod-security.kubernetes.io/enforce": "baseline" },
            { "pod-security.kubernetes.io/enforce": "restricted" },
        ];
        assert.deepEqual(
            texts.map((labels) => judge(labels)[1]!.found),
            [
                "there, with the API server's own level; up makes it restricted",
                "there, with the level baseline; up makes it restricted",
                "there, with the level restricted",
            ],
        );
    });

    it("fails where a pod of the stack does not fit", () => {
        const [found] = judge(undefined, [], { ...GOOD, hostNetwork: true });
        assert.equal(found!.outcome, "fails");
        assert.match(found!.found, /, got brokers: hostNetwork$/);
    });

    it("judges no pods of other namespaces", () => {
        const found = judgePodSecurity(
            "kafka",
            [group(1, asking("1", "1Gi"), { namespace: "cert-manager" })],
            {
                namespace: { value: undefined },
                pods: { value: [] },
            },
        );
        assert.equal(found[0]!.outcome, "ok");
    });

    it("warns of other pods that would not start again", () => {
        const others = [
            pod("web", "node-a", { namespace: "kafka" }),
            pod("good", "node-a", { namespace: "kafka", spec: GOOD }),
            pod("elsewhere", "node-a"),
            pod("kafka-0", "node-a", {
                namespace: "kafka",
                labels: { "app.kubernetes.io/name": "kafka" },
            }),
        ];
        assert.deepEqual(judge({}, others)[1], {
            key: "namespace kafka",
            outcome: "warning",
            found: "expected only pods of the level restricted in it, which up makes it enforce, got web: they will not start again",
            next: "set namespace to another one, or move those pods",
        });
        assert.equal(
            judge({ "pod-security.kubernetes.io/enforce": "restricted" }, others)[1]!.outcome,
            "ok",
        );
    });

    it("is not known where the namespace may not be read", () => {
        const facts = { namespace: { unknown: "no" }, pods: { value: [] } };
        assert.equal(judgePodSecurity("kafka", [], facts)[1]!.outcome, "unknown");
    });
});
