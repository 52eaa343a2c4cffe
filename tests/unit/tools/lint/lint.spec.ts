import assert from "node:assert/strict";
import { UsageError } from "../../../../tools/cli/errors";
import type { Acceptance } from "../../../../tools/lint/accepted";
import { isClean, judge } from "../../../../tools/lint/judge";
import { type Finding, KubeScoreError, parseScore } from "../../../../tools/lint/kubeScore";
import { parseLintOptions } from "../../../../tools/lint/options";
import { renderJson, renderText } from "../../../../tools/lint/report";
import { lintedStacks } from "../../../../tools/lint/stacks";

const FINDING: Finding = {
    stack: "one",
    severity: "CRITICAL",
    check: "service-targets-pod",
    object: "Service/kafka-external-0",
    says: "no pods",
};
const ACCEPTANCE: Acceptance = {
    check: "service-targets-pod",
    says: "no pods",
    objects: ["Service/kafka-external-*"],
    reason: "it has",
};

const scores = (...findings: readonly Finding[]) => [
    { stack: "one", objects: 3, scored: 2, findings },
];

describe("npm run lint:manifests", () => {
    it("reads what kube-score found", () => {
        const scored = (kind: string, name: string, checks: readonly object[]) => ({
            object_name: `${kind}/v1/kafka/${name}`,
            type_meta: { kind },
            object_meta: { name },
            checks,
        });
        const check = (id: string, grade: number, summaries: readonly string[] | null) => ({
            check: { id },
            grade,
            skipped: grade === 0,
            comments: summaries?.map((summary) => ({ path: "", summary })) ?? null,
        });
        const stdout = JSON.stringify([
            scored("Job", "kafka-topics", [
                check("a", 1, ["first", "second"]),
                check("fine", 10, null),
                check("almost fine", 7, ["nearly"]),
                check("skipped", 0, ["of another kind"]),
            ]),
            scored("Service", "kafka-nodes-0", [check("b", 5, ["third"])]),
        ]);
        const job = { stack: "one", severity: "CRITICAL", check: "a", object: "Job/kafka-topics" };
        assert.deepEqual(parseScore("one", stdout, ""), {
            scored: 2,
            findings: [
                { ...job, says: "first" },
                { ...job, says: "second" },
                {
                    stack: "one",
                    severity: "WARNING",
                    check: "b",
                    object: "Service/kafka-nodes-0",
                    says: "third",
                },
            ],
        });
        assert.deepEqual(parseScore("none", "null", ""), { scored: 0, findings: [] });
    });

    it("says that kube-score can't be run", () => {
        assert.throws(() => parseScore("one", "", "go: no network\n"), {
            constructor: KubeScoreError,
            message: "kube-score can't be run: go: no network",
        });
    });

    it("is clean when all that was found is accepted", () => {
        const verdict = judge(scores(FINDING, { ...FINDING, object: "Service/kafka-external-1" }), [
            ACCEPTANCE,
        ]);
        assert.ok(isClean(verdict));
        assert.deepEqual(verdict, {
            stacks: [{ stack: "one", objects: 3, scored: 2, findings: 2 }],
            accepted: [{ ...ACCEPTANCE, times: 2 }],
            open: [],
            stale: [],
        });
    });

    const others: Readonly<Record<string, Partial<Finding>>> = {
        "another object": { object: "Service/kafka-bootstrap" },
        "another check": { check: "service-type" },
        "something else that the check says": { says: "no port" },
    };
    for (const [what, other] of Object.entries(others)) {
        it(`is not for ${what}`, () => {
            const finding = { ...FINDING, ...other };
            const verdict = judge(scores(FINDING, finding), [ACCEPTANCE]);
            assert.deepEqual(verdict.open, [finding]);
            assert.ok(!isClean(verdict));
        });
    }

    it("is not when something is accepted that no object has any more", () => {
        const objects = [...ACCEPTANCE.objects, "Service/kafka-nodes-*"];
        const verdict = judge(scores(FINDING), [{ ...ACCEPTANCE, objects }]);
        assert.deepEqual(verdict.stale, [
            { object: "Service/kafka-nodes-*", check: "service-targets-pod", says: "no pods" },
        ]);
        assert.ok(!isClean(verdict));
    });

    it("prints what is left to do", () => {
        const open = { ...FINDING, object: "Service/other" };
        const objects = ["Service/gone"];
        const text = renderText(judge(scores(FINDING, open), [{ ...ACCEPTANCE, objects }]));
        assert.match(text, /│ one +│ 3 +│ 2 +│ 2 +│/);
        assert.match(text, /│ no pods +│ Service\/other +│ one +│ service-targets-pod +│ CRITICAL/);
        assert.match(text, /│ no pods +│ Service\/gone +│ service-targets-pod +│/);
        assert.match(text, /\n2 findings are not accepted, and 1 that are accepted were not found/);
        assert.match(renderText(judge(scores(FINDING), [ACCEPTANCE])), /\nEvery finding is acc/);
    });

    it("prints one JSON document", () => {
        const verdict = judge(scores(FINDING), []);
        const text = renderJson(verdict);
        assert.equal(text.trim().split("\n").length, 1);
        assert.deepEqual(JSON.parse(text), { ok: false, ...verdict });
    });

    it("has options, and help with every exit code", () => {
        assert.deepEqual(parseLintOptions([]), { action: "lint", json: false });
        assert.deepEqual(parseLintOptions(["--json"]), { action: "lint", json: true });
        assert.throws(() => parseLintOptions(["--typo"]), UsageError);
        const request = parseLintOptions(["--help"]);
        assert.ok(request.action === "help");
        assert.match(request.text, /--json[\s\S]*\n {2}0 {2}[\s\S]*\n {2}1 {2}[\s\S]*\n {2}2 {2}/);
    });

    it("renders every stack that it scores", async () => {
        const kinds = (await lintedStacks()).map(({ name, objects }) => [
            name,
            objects.some(({ kind }) => kind === "StatefulSet"),
            objects.some(({ kind }) => kind === "Kafka"),
        ]);
        assert.deepEqual(kinds, [
            ["statefulset", true, false],
            ["statefulset-production", true, false],
            ["strimzi", false, true],
            ["kind", true, false],
        ]);
    });
});
