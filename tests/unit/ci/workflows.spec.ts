import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ALLOWING_LABELS } from "../../../ci/comment";

const REPOSITORY = join(__dirname, "../../..");
const read = (file: string) => readFileSync(join(REPOSITORY, file), "utf8");

interface Job {
    readonly if?: string;
    readonly uses?: string;
    readonly permissions?: Readonly<Record<string, string>>;
    readonly concurrency?: unknown;
    readonly "timeout-minutes"?: number;
}

interface Workflow {
    readonly on: Readonly<Record<string, unknown>>;
    readonly permissions?: unknown;
    readonly concurrency?: unknown;
    readonly jobs: Readonly<Record<string, Job>>;
}

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
        const workflow = parse(read(file)) as Workflow;
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

    it("use the Pulumi of the program", () => {
        const { dependencies } = JSON.parse(read("package.json")) as {
            dependencies: Record<string, string>;
        };
        const version = dependencies["@pulumi/pulumi"]!.replaceAll(".", "\\.");
        assert.match(read(ACTIONS[0]!), new RegExp(`pulumi-version: ${version}\n`));
    });
});
