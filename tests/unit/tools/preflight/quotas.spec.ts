import assert from "node:assert/strict";
import type {
    V1LimitRangeItem,
    V1Pod,
    V1PodSpec,
    V1ResourceQuota,
    V1Service,
} from "@kubernetes/client-node";
import { type Demand, judgeQuotas } from "../../../../tools/preflight/quotas";
import { group, outcomes, pod } from "./objects";

const SPEC: V1PodSpec = {
    containers: [
        {
            name: "kafka",
            resources: { requests: { cpu: "1", memory: "4Gi" }, limits: { memory: "4Gi" } },
        },
    ],
};
const BALANCER: V1Service = {
    metadata: { namespace: "kafka", name: "kafka-service" },
    spec: { type: "LoadBalancer" },
};
const DEMAND: Demand = {
    groups: [group(3, SPEC)],
    claims: [0, 1, 2].map((id) => ({
        name: `data-kafka-${id}`,
        key: "kafka.storage",
        size: "50Gi",
        storageClass: "fast",
    })),
    objects: [{ ...BALANCER, kind: "Service" }],
};

function quota(hard: Record<string, string>, more: object = {}, used = {}): V1ResourceQuota {
    return { metadata: { name: "team" }, spec: { hard, ...more }, status: { hard, used } };
}

function judge(
    quotas: readonly V1ResourceQuota[],
    args: {
        limits?: V1LimitRangeItem[];
        pods?: V1Pod[];
        claims?: string[];
        demand?: Demand;
        services?: V1Service[];
    } = {},
) {
    const ranges =
        args.limits === undefined
            ? []
            : [{ metadata: { name: "limits" }, spec: { limits: args.limits } }];
    return judgeQuotas("kafka", args.demand ?? DEMAND, {
        quotas: { value: quotas },
        ranges: { value: ranges },
        pods: { value: args.pods ?? [] },
        claims: { value: new Set(args.claims ?? []) },
        services: { value: args.services ?? [] },
    });
}

describe("the quotas of a namespace", () => {
    it("are fine where there are none", () =>
        assert.deepEqual(judge([]), [
            { key: "ResourceQuota", outcome: "ok", found: "none" },
            { key: "LimitRange", outcome: "ok", found: "none" },
        ]));

    const JUST_ENOUGH: Readonly<Record<string, readonly [string, string]>> = {
        "requests.cpu": ["3", "2999m"],
        cpu: ["3", "2"],
        "requests.memory": ["12Gi", "11Gi"],
        memory: ["12Gi", "11Gi"],
        "limits.memory": ["12Gi", "11Gi"],
        pods: ["3", "2"],
        "count/pods": ["3", "2"],
        persistentvolumeclaims: ["3", "2"],
        "count/persistentvolumeclaims": ["3", "2"],
        "requests.storage": ["150Gi", "149Gi"],
        "fast.storageclass.storage.k8s.io/requests.storage": ["150Gi", "100Gi"],
        "fast.storageclass.storage.k8s.io/persistentvolumeclaims": ["3", "2"],
        "services.loadbalancers": ["1", "0"],
        "services.nodeports": ["1", "0"],
    };
    for (const [resource, [enough, less]] of Object.entries(JUST_ENOUGH)) {
        it(`leave just enough of ${resource}, or fail`, () => {
            assert.equal(judge([quota({ [resource]: enough })])[0]!.outcome, "ok");
            const [found] = judge([quota({ [resource]: less })]);
            assert.equal(found!.key, `ResourceQuota team: ${resource}`);
            assert.equal(found!.outcome, "fails");
        });
    }

    it("say what is left of how much", () =>
        assert.deepEqual(
            judge([quota({ "requests.memory": "16Gi" }, {}, { "requests.memory": "8Gi" })])[0],
            {
                key: "ResourceQuota team: requests.memory",
                outcome: "fails",
                found: "expected 12Gi that are left, got 8Gi of 16Gi",
                next: "raise the quota, or lower what the stack asks for",
            },
        ));

    it("do not count the stack's own pods and claims twice", () => {
        const running = [0, 1, 2].map((id) =>
            pod(`kafka-${id}`, "node-a", {
                namespace: "kafka",
                labels: { "app.kubernetes.io/name": "kafka" },
                spec: SPEC,
            }),
        );
        const full = quota(
            { "requests.cpu": "3", pods: "3", persistentvolumeclaims: "3" },
            {},
            { "requests.cpu": "3", pods: "3", persistentvolumeclaims: "3" },
        );
        const claims = DEMAND.claims.map(({ name }) => name);
        assert.equal(judge([full], { pods: running, claims })[0]!.outcome, "ok");
        assert.deepEqual(outcomes(judge([full]).slice(0, 3)), [
            "ResourceQuota team: requests.cpu: fails",
            "ResourceQuota team: pods: fails",
            "ResourceQuota team: persistentvolumeclaims: fails",
        ]);
    });

    it("do not count Services twice, and those that Strimzi makes at all", () => {
        const none = quota(
            { "services.loadbalancers": "1" },
            {},
            { "services.loadbalancers": "1" },
        );
        assert.equal(judge([none])[0]!.outcome, "fails");
        assert.equal(judge([none], { services: [BALANCER] })[0]!.outcome, "ok");
        const objects = [
            {
                kind: "Kafka",
                metadata: { namespace: "kafka" },
                spec: {
                    kafka: {
                        listeners: [
                            { name: "internal", port: 9092, type: "internal" },
                            { name: "external", port: 9094, type: "loadbalancer" },
                        ],
                    },
                },
            },
            { kind: "KafkaNodePool", spec: { roles: ["broker"], replicas: 2 } },
            { kind: "KafkaNodePool", spec: { roles: ["controller"], replicas: 3 } },
        ] as object[];
        const demand = { ...DEMAND, objects };
        const three = quota({ "services.loadbalancers": "3" });
        assert.equal(judge([three], { demand })[0]!.outcome, "ok");
        const two = quota({ "services.loadbalancers": "2" });
        assert.equal(judge([two], { demand })[0]!.outcome, "fails");
        const broker: V1Service = {
            metadata: { namespace: "kafka", name: "kafka-broker-1" },
            spec: { type: "LoadBalancer" },
        };
        assert.equal(judge([two], { demand, services: [broker] })[0]!.outcome, "ok");
    });

    it("fail where they ask for what containers do not say, unless a LimitRange says it", () => {
        const [found] = judge([quota({ "limits.cpu": "100" })]);
        assert.deepEqual(found, {
            key: "ResourceQuota team: limits.cpu",
            outcome: "fails",
            found: "expected limits.cpu of all containers, which the quota asks for, got none of brokers",
            next: "configure resources.limits.cpu, or give the namespace a LimitRange with a default",
        });
        const limits = [{ type: "Container", _default: { cpu: "2" } }];
        assert.equal(judge([quota({ "limits.cpu": "100" })], { limits })[0]!.outcome, "ok");
    });

    it("count what a LimitRange gives to containers that say nothing", () => {
        const limits = [
            { type: "Container", _default: { cpu: "2" }, defaultRequest: { cpu: "9" } },
        ];
        assert.equal(judge([quota({ "limits.cpu": "6" })], { limits })[0]!.outcome, "ok");
        assert.equal(judge([quota({ "limits.cpu": "5" })], { limits })[0]!.outcome, "fails");
        // What a container says itself counts more.
        assert.equal(judge([quota({ "requests.cpu": "3" })], { limits })[0]!.outcome, "ok");
        const silent = { containers: [{ name: "main", resources: { limits: { memory: "1Gi" } } }] };
        const demand = { ...DEMAND, groups: [group(1, silent)] };
        const nine = judge([quota({ "requests.cpu": "8", "requests.memory": "1Gi" })], {
            limits,
            demand,
        });
        assert.deepEqual(
            nine.filter(({ outcome }) => outcome === "fails").map(({ key }) => key),
            ["ResourceQuota team: requests.cpu"],
        );
    });

    it("do not concern the stack's other resources, and pods that are not its own", () => {
        assert.equal(
            judge([quota({ "slow.storageclass.storage.k8s.io/requests.storage": "0" })])[0]!
                .outcome,
            "ok",
        );
        assert.equal(judge([quota({ "count/secrets": "9" })])[0]!.outcome, "ok");
        for (const scope of ["BestEffort", "Terminating"]) {
            assert.equal(judge([quota({ pods: "0" }, { scopes: [scope] })])[0]!.outcome, "ok");
        }
        assert.equal(
            judge([quota({ pods: "0" }, { scopes: ["NotBestEffort"] })])[0]!.outcome,
            "fails",
        );
        const byClass = {
            scopeSelector: {
                matchExpressions: [{ scopeName: "PriorityClass", operator: "Exists" }],
            },
        };
        assert.equal(judge([quota({ pods: "0" }, byClass)])[0]!.outcome, "unknown");
        const elsewhere = { ...DEMAND, groups: [group(3, SPEC, { namespace: "cert-manager" })] };
        assert.equal(judge([quota({ pods: "0" })], { demand: elsewhere })[0]!.outcome, "ok");
    });

    it("are not known where they may not be read", () =>
        assert.deepEqual(
            outcomes(
                judgeQuotas("kafka", DEMAND, {
                    quotas: { unknown: "no" },
                    ranges: { unknown: "no" },
                    pods: { unknown: "no" },
                    claims: { unknown: "no" },
                    services: { unknown: "no" },
                }),
            ),
            ["ResourceQuota: unknown", "LimitRange: unknown"],
        ));
});

describe("the limits of a namespace", () => {
    const limited = (...limits: V1LimitRangeItem[]) => judge([], { limits }).slice(1);

    const CASES: readonly (readonly [string, V1LimitRangeItem, string | undefined])[] = [
        [
            "a container's most",
            { type: "Container", max: { memory: "2Gi" } },
            "expected at most 2Gi of memory for brokers, got 4Gi",
        ],
        [
            "a container's least",
            { type: "Container", min: { cpu: "2" } },
            "expected at least 2 of cpu for brokers, got 1",
        ],
        [
            "a pod's most",
            { type: "Pod", max: { cpu: "500m" } },
            "expected at most 500m of cpu for brokers, got 1",
        ],
        [
            "a claim's most",
            { type: "PersistentVolumeClaim", max: { storage: "10Gi" } },
            "expected at most 10Gi of storage for kafka.storage.size, got 50Gi",
        ],
        [
            "just enough",
            { type: "Container", max: { memory: "4Gi" }, min: { cpu: "1" } },
            undefined,
        ],
        ["images", { type: "openshift.io/Image", max: { storage: "1" } }, undefined],
    ];
    for (const [what, item, expected] of CASES) {
        it(`are judged: ${what}`, () => {
            const [found, ...others] = limited(item);
            assert.deepEqual(others, []);
            assert.equal(found!.outcome, expected === undefined ? "ok" : "fails");
            assert.equal(found!.found, expected ?? "lets all pods and claims in");
        });
    }

    it("fail where they would give less than a container asks for", () => {
        const [found] = limited({ type: "Container", _default: { cpu: "500m" } });
        assert.equal(found!.outcome, "fails");
        assert.equal(
            found!.found,
            "expected a default limit of at least 1 CPU, which brokers ask for, got 500m",
        );
    });

    it("are a warning where they throttle brokers that have no limit of the CPU", () => {
        const [found] = limited({ type: "Container", _default: { cpu: "2" } });
        assert.equal(found!.outcome, "warning");
        assert.match(found!.found, /, got 2 for each container of brokers$/);
    });
});
