import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { explain, UsageError } from "../../../../tools/cli/errors";
import { parseImpactOptions } from "../../../../tools/impact/options";
import { runImpact } from "../../../../tools/impact/run";
import { SEVERITIES } from "../../../../tools/impact/severity";

const PREVIEWS = join(__dirname, "previews");

const read = (name: string) => readFileSync(join(PREVIEWS, `${name}.json`), "utf8");

function assessed(preview: string, args: readonly string[]) {
    const request = parseImpactOptions(args);
    assert.ok(request.action === "assess");
    return runImpact(request, preview, { colors: false });
}

const run = (name: string, ...args: string[]) => assessed(read(name), args);

/** As --help lists them. */
const EXIT = { passed: 0, notWritten: 1, wrongInput: 2, failed: 3, previewFailed: 4 };

const EXIT_CODES: readonly (readonly [string, readonly string[], number])[] = [
    ["no-change", [], EXIT.passed],
    ["topic-added", [], EXIT.passed],
    ["broker-property", [], EXIT.passed],
    ["volumes-grow", [], EXIT.passed],
    ["destroy", [], EXIT.failed],
    ["destroy", ["--allow", "cluster-stops"], EXIT.passed],
    ["destroy", ["--allow", "data-may-be-lost"], EXIT.failed],
    ["topic-retention-shortened", [], EXIT.failed],
    ["topic-retention-shortened", ["--allow", "data-may-be-lost"], EXIT.passed],
    // Both classes: allowing the worse one is not enough.
    ["destroy-with-data", ["--allow", "data-may-be-lost"], EXIT.failed],
    ["destroy-with-data", ["--allow", "data-may-be-lost", "--allow", "cluster-stops"], EXIT.passed],
    ["listener-removed", [], EXIT.failed],
    ["listener-removed", ["--allow", "cluster-stops"], EXIT.failed],
    ["listener-removed", ["--allow", "clients-cut-off"], EXIT.passed],
    ["eks-public-access", [], EXIT.failed],
    ["eks-public-access", ["--allow", "cluster-opens"], EXIT.passed],
    // Each class that occurs.
    ["eks-shared-scheme", ["--allow", "cluster-opens"], EXIT.failed],
    ["eks-shared-scheme", ["--allow", "clients-cut-off"], EXIT.failed],
    ["eks-shared-scheme", ["--allow", "cluster-opens", "--allow", "clients-cut-off"], EXIT.passed],
    ["failed", [], EXIT.previewFailed],
    ["failed", ["--allow", "data-may-be-lost", "--allow", "cluster-stops"], EXIT.previewFailed],
];

const STATEFUL_SET =
    "urn:pulumi:test::kafka-eks::kafka-eks:index:KafkaCluster$kubernetes:apps/v1:StatefulSet::kafka-brokers-statefulset";
const PROTECTED = `unable to replace resource "${STATEFUL_SET}"\nas it is currently marked for protection.`;

/** A preview in which Pulumi refused what is protected, as it does: the steps are there all the same. */
function refused(name: string): string {
    const error = { urn: STATEFUL_SET, message: `error: ${PROTECTED}\n`, severity: "error" };
    return JSON.stringify({ ...(JSON.parse(read(name)) as object), diagnostics: [error] });
}

const runRefused = (name: string, ...args: string[]) => assessed(refused(name), args);

const FAILS_THE_CHECK = "a preview that failed fails the check, whatever is allowed\n";

describe("npm run impact", () => {
    for (const [name, args, exitCode] of EXIT_CODES) {
        it(`exits with ${exitCode} for ${[name, ...args].join(" ")}`, () => {
            assert.equal(run(name, ...args).exitCode, exitCode);
        });
    }

    it("takes the file after --allow, too", () => {
        assert.deepEqual(parseImpactOptions(["--allow", "cluster-stops", "preview.json"]), {
            action: "assess",
            file: "preview.json",
            format: "text",
            allowed: ["cluster-stops"],
            strict: false,
        });
    });

    it("takes --strict", () => {
        assert.deepEqual(parseImpactOptions(["--strict"]), {
            action: "assess",
            format: "text",
            allowed: [],
            strict: true,
        });
    });

    it("says what fails the check and how to let it pass", () => {
        assert.equal(
            run("destroy").stderr,
            "cluster-stops fails the check; --allow cluster-stops lets it pass\n",
        );
    });

    it("leads with the verdict, then has a line for each finding", () => {
        const [verdict, empty, , ...lines] = run("volumes-grow").stdout.split("\n");
        assert.equal(
            verdict,
            "data-moves: volume of broker 0, 1, 2: grows in place; no pod restarts",
        );
        assert.equal(empty, "");
        assert.match(lines[0]!, /what changes .*│ from → to .*│ what happens .*│ class/);
        assert.match(
            lines[1]!,
            /volume of broker 0, 1, 2 .*│ 50Gi → 60Gi .*│ grows in place.*│ data-moves/,
        );
    });

    it("prints the verdict alone when nothing changes", () => {
        assert.equal(run("no-change").stdout, "nothing: Kafka does not notice it\n");
    });

    it("prints one JSON document with a finding for each resource", () => {
        const { stdout } = run("volumes-grow", "--json");
        const document = JSON.parse(stdout) as { findings: object[]; class: string };
        assert.equal(stdout.trim().split("\n").length, 1);
        assert.deepEqual(Object.keys(document), [
            "class",
            "verdict",
            "errors",
            "notJudged",
            "restarts",
            "findings",
            "changes",
        ]);
        assert.equal(document.class, "data-moves");
        assert.equal(document.findings.length, 3);
        assert.deepEqual(document.findings[0], {
            subject: "volume of broker 0",
            from: "50Gi",
            to: "60Gi",
            what: "grows in place; no pod restarts",
            class: "data-moves",
            urn: "urn:pulumi:test::kafka-eks::kafka-eks:index:KafkaCluster$kafka-eks:index:DurableStatefulSet$kubernetes:core/v1:PersistentVolumeClaim::kafka-brokers-data-0",
        });
    });

    it("has in its JSON which pods restart and for how long", () => {
        const { restarts } = JSON.parse(run("broker-property", "--json").stdout) as {
            restarts: object[];
        };
        assert.deepEqual(restarts, [
            { of: "brokers", count: 3, seconds: { least: 45, most: 120 }, by: "StatefulSet" },
        ]);
    });

    it("prints Markdown with the objects folded", () => {
        assert.equal(
            run("topic-added", "--markdown").stdout,
            [
                "**Kafka: dynamic: topic payments: is created unless it is there already**",
                "",
                "| what changes | from → to | what happens | class |",
                "| --- | --- | --- | --- |",
                "| topic payments | - → new | is created unless it is there already | dynamic |",
                "",
                "<details><summary>Objects that change: 1</summary>",
                "",
                "- replace `kubernetes:batch/v1:Job` `kafka-topics`",
                "",
                "</details>",
                "",
            ].join("\n"),
        );
    });

    it("leads with the errors of a preview that failed, then judges what it got to", () => {
        const { stdout, stderr } = runRefused("statefulset-replaced");
        const [failure, ...rest] = stdout.split("\n");
        assert.equal(failure, "preview failed: 1 error");
        const judged = run("statefulset-replaced").stdout;
        assert.equal(rest.join("\n"), `\n${PROTECTED}\n\njudged as far as it got: ${judged}`);
        assert.match(judged, /^cluster-stops: /);
        assert.equal(stderr, FAILS_THE_CHECK);
    });

    it("does the same in Markdown, with the errors on standard error too", () => {
        const { stdout, stderr } = runRefused("statefulset-replaced", "--markdown");
        const judged = run("statefulset-replaced", "--markdown").stdout;
        assert.equal(
            stdout,
            [
                "**The preview failed: 1 error**",
                "",
                "```",
                PROTECTED,
                "```",
                "",
                judged.replace("**Kafka: ", "**Kafka: judged as far as it got: "),
            ].join("\n"),
        );
        assert.equal(stderr, `${PROTECTED}\n${FAILS_THE_CHECK}`);
    });

    it("does the same in JSON: the class is none of those of changes", () => {
        const { stdout, stderr } = runRefused("statefulset-replaced", "--json");
        const whole = JSON.parse(run("statefulset-replaced", "--json").stdout) as {
            verdict: string;
        };
        assert.deepEqual(JSON.parse(stdout), {
            ...whole,
            class: "preview failed",
            verdict: `preview failed: 1 error; judged as far as it got: ${whole.verdict}`,
            errors: [PROTECTED],
        });
        assert.equal(stderr, `${PROTECTED}\n${FAILS_THE_CHECK}`);
    });

    it("does not call a preview harmless that failed before it got to anything", () => {
        const { stdout } = runRefused("no-change");
        assert.match(stdout, /^preview failed: 1 error\n\n.*\n\nit got to no change\n$/s);
        assert.doesNotMatch(stdout, /nothing/);
    });

    it("leaves room for the judgement where errors are long", () => {
        const { stdout } = runImpact(
            { action: "assess", format: "markdown", allowed: [], strict: false },
            refused("statefulset-replaced").replace("unable", "e".repeat(100_000)),
            { colors: false },
        );
        assert.match(stdout, /e\n… cut here: too long for a comment\n```\n\n\*\*Kafka: judged/);
        assert.ok(stdout.length < 30_000, `${stdout.length}`);
    });

    it("keeps a value from breaking the Markdown", () => {
        const { stdout } = runImpact(
            { action: "assess", format: "markdown", allowed: [], strict: false },
            read("topic-added").replaceAll("payments", "a|b<i>"),
            { colors: false },
        );
        assert.match(stdout, /\| topic a\\\|b\\<i\\> \|/);
    });

    it("colours the class on a terminal alone", () => {
        const request = { action: "assess", format: "text", allowed: [], strict: false } as const;
        assert.match(runImpact(request, read("destroy"), { colors: true }).stdout, /^\u001b\[31m/);
        assert.equal(run("destroy").stdout.includes("\u001b"), false);
    });

    it("has a help text with every class and exit code", () => {
        const request = parseImpactOptions(["--help"]);
        assert.ok(request.action === "help");
        for (const severity of SEVERITIES) {
            assert.match(request.text, new RegExp(`^  ${severity} `, "m"));
        }
        for (const code of Object.values(EXIT)) {
            assert.match(request.text, new RegExp(`^  ${code}  `, "m"));
        }
    });

    for (const args of [
        ["--surprise"],
        ["a", "b"],
        [""],
        ["--allow", "nothing"],
        ["--json", "--markdown"],
    ]) {
        it(`refuses ${args.join(" ")}`, () => {
            assert.throws(() => parseImpactOptions(args), UsageError);
        });
    }

    // As every error does, these take the same way to the exit code.
    for (const [what, action, message] of [
        [
            "a wrong option",
            () => parseImpactOptions(["--surprise"]),
            /^unknown option '--surprise'. Next: /,
        ],
        [
            "an input that is no preview",
            () => assessed("", []),
            /^the input: expected .*, got nothing\. Next: /,
        ],
    ] as const) {
        it(`says what is wrong with ${what}`, () =>
            assert.throws(action, (error) => {
                assert.match(explain(error), message);
                return true;
            }));
    }
});
