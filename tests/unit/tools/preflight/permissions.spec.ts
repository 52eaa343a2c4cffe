import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../../../../tools/cli/repository";
import {
    type Answer,
    judgeGranting,
    judgePermissions,
    type Need,
    neededPermissions,
    resourceOf,
    textOf,
} from "../../../../tools/preflight/permissions";
import { QUESTIONS_OF_UP, questionsOfUp } from "../../../../tools/preflight/questionsOfUp";
import { reviewAll } from "../../../../tools/preflight/review";
import type { HelmRelease } from "../../../../tools/render/helmReleases";
import { configOf } from "./objects";

function need(verb: string, what: Need["for"] = "up"): Need {
    const permission = { group: "apps", resource: "statefulsets", namespace: "kafka", verb };
    return { permission, for: what };
}

function answers(allowed: boolean, ...needs: Need[]): Answer[] {
    return needs.map((each) => ({ ...each, allowed: { value: allowed } }));
}

describe("what the API calls a kind", () => {
    const CASES: readonly (readonly [string, string, string])[] = [
        ["v1", "Service", "services"],
        ["networking.k8s.io/v1", "NetworkPolicy", "networkpolicies.networking.k8s.io"],
        ["storage.k8s.io/v1", "StorageClass", "storageclasses.storage.k8s.io"],
        ["kafka.strimzi.io/v1", "Kafka", "kafkas.kafka.strimzi.io"],
        ["policy/v1", "PodDisruptionBudget", "poddisruptionbudgets.policy"],
    ];
    for (const [apiVersion, kind, text] of CASES) {
        it(`is ${text}`, () =>
            assert.equal(
                textOf({ ...resourceOf({ apiVersion, kind }), verb: "get" }),
                `get ${text}`,
            ));
    }
});

describe("what up needs", () => {
    const OBJECTS = [
        { apiVersion: "v1", kind: "Namespace", metadata: { name: "kafka" } },
        { apiVersion: "v1", kind: "Secret", metadata: { name: "a", namespace: "kafka" } },
        { apiVersion: "v1", kind: "Secret", metadata: { name: "b", namespace: "kafka" } },
        { apiVersion: "batch/v1", kind: "Job", metadata: { name: "c", namespace: "kafka" } },
    ];
    const needed = (releases: readonly HelmRelease[], hasNamespace = false) =>
        neededPermissions(
            {
                objects: OBJECTS,
                releases,
                config: configOf({ kafkaDeploymentType: "statefulset" }),
            },
            hasNamespace,
        );
    const texts = (needs: readonly Need[]) =>
        needs.map(({ permission, for: what }) => `${textOf(permission)} for ${what}`);

    it("is to make its objects, each kind once, and to delete what goes with the stack", () => {
        const all = texts(needed([]));
        assert.deepEqual(all.length, new Set(all).size);
        for (const text of [
            "get namespaces for up",
            "create namespaces for up",
            "patch secrets in kafka for up",
            // What is needed at once counts more than what is needed later.
            "delete jobs.batch in kafka for up",
            "delete secrets in kafka for later changes",
            "list pods in kafka for up",
            "get pods/log in kafka for up",
            "get nodes for explanations",
            "list events in kafka for explanations",
        ]) {
            assert.ok(all.includes(text), `${text}:\n${all.join("\n")}`);
        }
        assert.ok(!all.some((text) => /^delete namespaces/.test(text)));
    });

    it("is not to make a namespace that is there", () => {
        const all = texts(needed([], true));
        assert.ok(!all.includes("create namespaces for up"));
        assert.ok(all.includes("patch namespaces for up"));
    });

    it("is to delete, later, what up itself does not", () => {
        const service = {
            apiVersion: "v1",
            kind: "Service",
            metadata: { name: "a", namespace: "kafka" },
        };
        const all = neededPermissions(
            { objects: [service], releases: [], config: configOf({}) },
            false,
        );
        assert.ok(texts(all).includes("delete services in kafka for later changes"));
    });

    it("is to make what charts make, with the CRDs that come before them", () => {
        const release = { name: "strimzi-kafka-operator", namespace: "kafka", skipCrds: true };
        const all = texts(needed([release as HelmRelease]));
        for (const text of [
            "create clusterroles.rbac.authorization.k8s.io for up",
            "patch customresourcedefinitions.apiextensions.k8s.io for up",
            "create deployments.apps in kafka for up",
            "update secrets in kafka for up",
        ]) {
            assert.ok(all.includes(text), text);
        }
        assert.ok(!texts(needed([])).some((text) => /clusterroles|deployments/.test(text)));
    });

    it("is to ask what it asks with its deployment type", () => {
        const names = (type: "strimzi" | "statefulset") =>
            questionsOfUp(type).map(({ verb, resource }) => `${verb} ${resource}`);
        assert.ok(names("strimzi").includes("list kafkatopics"));
        assert.ok(!names("strimzi").includes("delete pods"));
        assert.ok(names("statefulset").includes("delete pods"));
        assert.ok(!names("statefulset").includes("list kafkas"));
    });

    it("is what docs/operations.md says of its questions", () => {
        const text = readFileSync(join(REPOSITORY, "docs/operations.md"), "utf8");
        const [, section] = text.split("### What `up` and a preview ask the cluster\n");
        const rows = section!
            .split("\n### ")[0]!
            .split("\n")
            .filter((line) => line.startsWith("| `"))
            .map((line) => line.split("|").map((cell) => cell.trim()));
        const documented = rows.map(([, name, verbs, who]) => {
            const lists = verbs!
                .split(";")
                .map((list) => [...list.matchAll(/`(\w+)`/g)].map(([, verb]) => verb));
            const isOptional = /without it/.test(who!);
            // What comes after that is for releases. Where StatefulSets need it not, it is Strimzi's alone.
            const owners = who!.split(";").map((each) => each.trim().replace(/`/g, ""));
            const notNeeded = owners.includes("not needed with statefulset");
            const types = notNeeded
                ? ["strimzi"]
                : owners.filter((each) => /^(both|statefulset|strimzi)$/.test(each));
            return [
                name!.replaceAll("`", ""),
                {
                    verbs: Object.fromEntries(types.map((type, index) => [type, lists[index]])),
                    isOptional,
                },
            ];
        });
        const known = Object.entries(QUESTIONS_OF_UP).map(([name, row]) => {
            const { both, statefulset, strimzi, isOptional = false } = row;
            const verbs = JSON.parse(JSON.stringify({ both, statefulset, strimzi })) as object;
            return [name, { verbs, isOptional }];
        });
        assert.deepEqual(Object.fromEntries(documented), Object.fromEntries(known));
    });
});

describe("the permissions of the kubeconfig's user", () => {
    it("are enough", () =>
        assert.deepEqual(judgePermissions(answers(true, need("get"), need("patch"))), [
            {
                key: "kubeconfig's user",
                outcome: "ok",
                found: "may do all of 2 things that up does",
            },
        ]));

    it("fail where up lacks one, and say how to ask for it", () => {
        const found = judgePermissions([
            ...answers(true, need("get")),
            ...answers(false, need("create"), need("patch")),
        ]);
        assert.deepEqual(found, [
            {
                key: "kubeconfig's user",
                outcome: "fails",
                found: "expected all that up does, got no permission for statefulsets.apps in kafka (create, patch)",
                next: "grant it; ask again with kubectl auth can-i create statefulsets --namespace kafka",
            },
        ]);
    });

    it("are a warning where only later changes, or explanations, lack one", () => {
        const found = judgePermissions([
            ...answers(false, need("delete", "later changes")),
            ...answers(false, need("list", "explanations")),
        ]);
        assert.deepEqual(
            found.map(({ outcome }) => outcome),
            ["warning", "warning"],
        );
    });

    it("are not known where the question is refused", () => {
        const found = judgePermissions([{ ...need("get"), allowed: { unknown: "no" } }]);
        assert.deepEqual(found, [{ key: "kubeconfig's user", outcome: "unknown", found: "no" }]);
    });

    it("are a warning where ClusterRoles may not be granted", () => {
        assert.equal(judgeGranting([{ value: true }, { value: false }])[0]!.outcome, "warning");
        for (const fine of [[], [{ value: true }], [{ unknown: "no" }]]) {
            assert.deepEqual(judgeGranting(fine), []);
        }
    });

    it("are asked for a few at a time, and answered in order", async () => {
        let open = 0;
        let most = 0;
        const items = Array.from({ length: 25 }, (_, index) => index);
        const found = await reviewAll(items, async (item) => {
            most = Math.max(most, ++open);
            await Promise.resolve();
            open -= 1;
            return { value: item % 2 === 0 };
        });
        assert.equal(most, 10);
        assert.deepEqual(
            found.map(([item]) => item),
            items,
        );
    });
});
