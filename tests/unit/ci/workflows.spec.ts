import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ALLOWING_LABELS } from "../../../tools/impact/comment";
import { commandsOf, readWorkflow } from "../../support/workflows";
import { REPOSITORY } from "../../../tools/cli/repository";

const read = (file: string) => readFileSync(join(REPOSITORY, file), "utf8");

/** Whether a URN is one that `--exclude` means: as in Pulumi's engine, `**` is anything, and `*` all but a colon. */
function globMatches(glob: string, urn: string): boolean {
    const pattern = glob
        .split("**")
        .map((part) => part.replaceAll(".", "\\.").replaceAll("*", "[^:]*"))
        .join(".*");
    return new RegExp(`^${pattern}$`).test(urn);
}

/** What is judged: with what does not change, which alone tells how many nodes of Strimzi restart. */
const PREVIEW =
    'pulumi preview --stack "$STACK" --non-interactive --json --show-sames > preview.json';

const WORKFLOWS = globSync(".github/workflows/*.yml", { cwd: REPOSITORY }).sort();
const ACTIONS = globSync(".github/actions/*/action.yml", { cwd: REPOSITORY });

describe("The workflows", () => {
    it("are these", () => {
        const names = ["checks", "deploy", "drift", "preview", "up"];
        assert.deepEqual(
            WORKFLOWS,
            names.map((name) => `.github/workflows/${name}.yml`),
        );
        assert.deepEqual(ACTIONS, [".github/actions/setup/action.yml"]);
    });

    for (const file of [...WORKFLOWS, ...ACTIONS]) {
        it(`pin what they use by commit, and say its version: ${file}`, () => {
            const uses = read(file)
                .split("\n")
                .filter((line) => /^\s*(- )?uses:/.test(line) && !line.includes("uses: ./"));
            for (const line of uses) {
                assert.match(line, /uses: [\w.-]+\/[\w.-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
            }
        });

        it(`have no stored key: ${file}`, () => {
            assert.doesNotMatch(read(file), /secrets\./);
        });
    }

    for (const file of WORKFLOWS) {
        const workflow = readWorkflow(file);
        const jobs = Object.entries(workflow.jobs);

        it(`give no right to all jobs, and to each what it names: ${file}`, () => {
            assert.deepEqual(workflow.permissions, {});
            for (const [name, { permissions = {} }] of jobs) {
                assert.equal(permissions.contents, "read", name);
                const writes = Object.keys(permissions).filter(
                    (key) => permissions[key] === "write",
                );
                const allowed = file.includes("preview")
                    ? ["id-token", "pull-requests"]
                    : file.includes("checks")
                      ? []
                      : ["id-token"];
                assert.deepEqual(writes, allowed, name);
            }
        });

        it(`fail where a step fails: ${file}`, () => {
            for (const [name, job] of jobs) {
                for (const each of [job, ...(job.steps ?? [])]) {
                    assert.ok(!("continue-on-error" in each), name);
                }
            }
        });

        it(`don't run against themselves, and end: ${file}`, () => {
            for (const [name, job] of jobs) {
                // A called workflow has both for its own jobs.
                if (job.uses === undefined) {
                    assert.ok(workflow.concurrency ?? job.concurrency, `concurrency of ${name}`);
                    assert.ok(job["timeout-minutes"], `timeout of ${name}`);
                }
            }
        });

        it(`give what a fork sends no role and no machine of ours: ${file}`, () => {
            assert.ok(!("pull_request_target" in workflow.on));
            for (const [name, job] of "pull_request" in workflow.on ? jobs : []) {
                const isTrusted = job.permissions?.["id-token"] === "write" || name === "lab";
                assert.equal(
                    job.if?.includes(
                        "github.event.pull_request.head.repo.full_name == github.repository",
                    ) ?? false,
                    isTrusted,
                    name,
                );
            }
        });
    }

    it("allow by the labels that the comment names", () => {
        const preview = read(".github/workflows/preview.yml");
        for (const [severity, label] of Object.entries(ALLOWING_LABELS)) {
            const allow = `'${label}'\\)\\s+&& '--allow=${severity}'`;
            assert.match(preview, new RegExp(allow));
        }
    });

    it("preview with all that is judged, and say why a preview failed", () => {
        assert.deepEqual(commandsOf("preview", "preview"), [
            { command: PREVIEW },
            {
                condition: "${{ !cancelled() && steps.preview.outcome != 'skipped' }}",
                command:
                    "npm run -s impact -- preview.json --markdown $ALLOW_STOPS $ALLOW_LOSS $ALLOW_CUT_OFF $ALLOW_OPENING " +
                    "> impact.md",
            },
            {
                condition: "${{ !cancelled() && steps.preview.outcome == 'success' }}",
                command:
                    'pulumi preview --stack "$STACK" --non-interactive --diff --color never > diff.txt',
            },
            {
                condition: "${{ !cancelled() }}",
                command:
                    'npm run -s comment -- --stack "$STACK" --pull-request "$PULL_REQUEST" ' +
                    "--impact impact.md --diff diff.txt $REFUSED",
            },
        ]);
        // A preview that failed is let pass by no label.
        assert.match(
            read(".github/workflows/preview.yml"),
            /REFUSED: >-\s+\$\{\{ steps\.preview\.outcome == 'success' && steps\.impact\.outcome == 'failure'\s+&& '--refused' \|\| '' \}\}/,
        );
    });

    it("change a stack only after a preview that did not fail, and say why one did", () => {
        assert.deepEqual(commandsOf("up", "up"), [
            { command: PREVIEW },
            {
                condition: "${{ !cancelled() && steps.preview.outcome != 'skipped' }}",
                command:
                    "npm run -s impact -- preview.json --markdown --allow=cluster-stops --allow=data-may-be-lost " +
                    '--allow=clients-cut-off --allow=cluster-opens >> "$GITHUB_STEP_SUMMARY"',
            },
            // Without a condition of its own it waits for what is before it to succeed.
            { command: 'pulumi up --stack "$STACK" --non-interactive --yes --skip-preview' },
        ]);
    });

    it("look for drift, but not at what they may not read", () => {
        const command =
            'pulumi refresh --stack "$STACK" --non-interactive --preview-only --expect-no-changes ' +
            "--run-program --diff --color never " +
            "--exclude '**core/v1:Secret**' --exclude '**helm.sh/v3:Release**'";
        assert.deepEqual(commandsOf("drift", "drift"), [{ command }]);
        const excluded = [...command.matchAll(/--exclude '(.*?)'/g)].map(([, glob]) => glob!);
        const urns = [
            "kafka-eks:index:ZookeeperEnsemble$kubernetes:core/v1:Secret::zookeeper-auth",
            "kafka-eks:index:StrimziOperator$kubernetes:helm.sh/v3:Release::strimzi-release",
            "kafka-eks:index:KafkaServices$kubernetes:core/v1:Service::kafka-service",
            "kafka-eks:index:KafkaUsers$kubernetes:batch/v1:Job::kafka-users",
        ].map((end) => `urn:pulumi:prod::kafka-eks::${end}`);
        assert.deepEqual(
            urns.filter((urn) => excluded.some((glob) => globMatches(glob, urn))),
            urns.slice(0, 2),
        );
    });

    it("use the Pulumi of the program", () => {
        const { dependencies } = JSON.parse(read("package.json")) as {
            dependencies: Record<string, string>;
        };
        const version = dependencies["@pulumi/pulumi"]!.replaceAll(".", "\\.");
        assert.match(read(ACTIONS[0]!), new RegExp(`pulumi-version: ${version}\n`));
    });
});
